# Completes the commands and options of waggle-cli, as the program itself tells them.

_waggle_cli()
{
    local word=${COMP_WORDS[COMP_CWORD]} command= other
    for other in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $other in
        -*) ;;
        *) command=$other; break ;;
        esac
    done
    if [ -z "$command" ]; then
        COMPREPLY=($(compgen -W "--json --quiet --help $("$1" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')" -- "$word"))
    elif [ "${word#-}" != "$word" ]; then
        COMPREPLY=($(compgen -W "--help $("$1" "$command" --help 2>/dev/null | sed -n 's/^  \(--[a-z-]*\).*/\1/p')" -- "$word"))
    else
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}
complete -F _waggle_cli waggle-cli
