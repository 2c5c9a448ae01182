/* g: a screen that takes everything and shows nothing; what was last written can be asked for. */
function (tools, global) {
    var lines = [], g = {
        theme: {fg: 65535, bg: 0, fg2: 65535, bg2: 8, fgH: 65535, bgH: 31, dark: true},
        getWidth: function () { return 176; },
        getHeight: function () { return 176; },
        getBPP: function () { return 3; },
        stringWidth: function (text) { return String(text).length * 6; },
        getFontHeight: function () { return 8; },
        stringMetrics: function (text) { return {width: String(text).length * 6, height: 8}; },
        getColor: function () { return 65535; },
        getBgColor: function () { return 0; },
        getPixel: function () { return 0; },
        wrapString: function (text) { return String(text).split("\n"); },
        toColor: function () { return 0; },
        asImage: function () { return ""; }
    };
    var chained = ("reset clearRect setFont setFontVector setFontAlign setColor setBgColor flip " +
        "fillRect drawRect drawLine drawLineAA moveTo lineTo drawCircle fillCircle fillPoly " +
        "fillPolyAA drawPoly drawPolyAA drawEllipse fillEllipse drawImage drawImages drawRoundedRect " +
        "setRotation setClipRect setTheme scroll setPixel setBgColour dump").split(" ");
    chained.forEach(function (name) {
        g[name] = function () { return this; };
    });
    g.clear = function () {
        lines = [];
        return this;
    };
    g.drawString = function (text) {
        lines.push(String(text));
        if (lines.length > 20) {
            lines.shift();
        }
        return this;
    };
    global.g = g;
    global.WaggleVirtual.getScreen = function () {
        return lines.slice();
    };
    global.Terminal = {println: tools.noop, print: tools.noop, write: tools.noop,
                       inject: tools.noop, setConsole: tools.noop};
}
