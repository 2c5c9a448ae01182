function f(a){while(a<3){a++;}for(var i=0;i<a;i++){if(i)continue;}do{a--;}while(a>0);return function(){return a?/[/]x/:"s\"";};}
var s='\u00e9';// c
/* d */f(1);
