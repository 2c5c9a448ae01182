/* The tokenizer that puts interruption points into programs and counts open brackets. */
#include "virtual-watch/source-guard.h"

#include <string.h>

typedef enum { TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_STRING, TOKEN_REGEX, TOKEN_SIGN } Kind;

typedef struct {
    const char *text;
    gsize length, position; /* position: behind the token */
    gsize start;            /* of the token */
    Kind kind;
    char last_sign;        /* the sign itself for TOKEN_SIGN */
    gboolean value_before; /* the token before could end a value: a slash then divides */
    gboolean unfinished_comment, unfinished_string;
} Lexer;

static gboolean
is_word_char(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '$' || (guchar)c >= 0x80;
}

static gboolean
token_is(const Lexer *self, const char *word)
{
    const gsize n = strlen(word);
    return self->kind == TOKEN_WORD && self->position - self->start == n &&
           memcmp(self->text + self->start, word, n) == 0;
}

static void
skip_blank(Lexer *self)
{
    while (self->position < self->length) {
        const char *p = self->text + self->position;
        const gsize left = self->length - self->position;
        if (g_ascii_isspace(*p) || *p == '\v') {
            self->position++;
        } else if (left >= 2 && p[0] == '/' && p[1] == '/') {
            const char *end = memchr(p, '\n', left);
            self->position = end ? (gsize)(end - self->text) : self->length;
        } else if (left >= 2 && p[0] == '/' && p[1] == '*') {
            const char *end = g_strstr_len(p + 2, (gssize)left - 2, "*/");
            self->unfinished_comment = end == NULL;
            self->position = end ? (gsize)(end + 2 - self->text) : self->length;
        } else {
            return;
        }
    }
}

static void
read_quoted(Lexer *self, char quote)
{
    gboolean in_class = FALSE;
    self->unfinished_string = TRUE;
    for (self->position++; self->position < self->length; self->position++) {
        const char c = self->text[self->position];
        if (c == '\\') {
            self->position++;
        } else if (quote == '/' && c == '[') {
            in_class = TRUE;
        } else if (quote == '/' && c == ']') {
            in_class = FALSE;
        } else if (c == '\n' && quote != '`') {
            return;
        } else if (c == quote && !in_class) {
            self->position++;
            self->unfinished_string = FALSE;
            return;
        }
    }
    self->position = self->length; /* a backslash may have stepped over the end */
}

static gboolean
word_needs_value(const Lexer *self)
{
    static const char *const words[] = {"return", "typeof", "case", "in",   "of", "delete",
                                        "void",   "throw",  "new",  "else", "do", "instanceof"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (token_is(self, words[i]))
            return TRUE;
    return FALSE;
}

static gboolean
next(Lexer *self)
{
    const gboolean after_value = self->value_before;
    skip_blank(self);
    self->start = self->position;
    if (self->position >= self->length) {
        self->kind = TOKEN_END;
        return FALSE;
    }
    const char c = self->text[self->position];
    self->last_sign = 0;
    if (is_word_char(c)) {
        self->kind = g_ascii_isdigit(c) ? TOKEN_NUMBER : TOKEN_WORD;
        while (self->position < self->length && is_word_char(self->text[self->position]))
            self->position++;
        self->value_before = !word_needs_value(self);
    } else if (c == '"' || c == '\'' || c == '`') {
        self->kind = TOKEN_STRING;
        read_quoted(self, c);
        self->value_before = TRUE;
    } else if (c == '/' && !after_value) {
        self->kind = TOKEN_REGEX;
        read_quoted(self, '/');
        self->value_before = TRUE;
    } else {
        self->kind = TOKEN_SIGN;
        self->last_sign = c;
        self->position++;
        self->value_before = c == ')' || c == ']' || c == '}';
    }
    return TRUE;
}

gboolean
wg_source_is_utf8(const char *bytes, gsize length)
{
    gboolean beyond = FALSE;
    for (gsize i = 0; i < length; i++)
        beyond |= (guchar)bytes[i] >= 0x80;
    return beyond && g_utf8_validate_len(bytes, length, NULL);
}

static void
append_source(GString *out, const char *bytes, gsize length, gboolean literal)
{
    if (literal && wg_source_is_utf8(bytes, length)) {
        g_string_append_len(out, bytes, (gssize)length);
        return;
    }
    for (gsize i = 0; i < length; i++) {
        const guchar c = (guchar)bytes[i];
        if (c >= 0x80)
            g_string_append_unichar(out, c);
        else
            g_string_append_c(out, (char)c);
    }
}

/* What an open round bracket belongs to, and so where its tick goes. */
typedef enum { BRACKET_PLAIN, BRACKET_FOR, BRACKET_PARAMETERS } Bracket;

typedef struct {
    GString *out;
    GArray *brackets; /* of Bracket, one an open sign of any kind */
    Bracket coming;   /* for the next '(' */
    gboolean tick_after_paren, tick_after_brace, for_condition;
} Guard;

/* Writes one token (with the blank before it) and decides where the next tick goes. */
static void
guard_token(Guard *self, const Lexer *lexer, gsize blank_start, gboolean after_dot)
{
    if (self->for_condition) {
        /* "for (;;)" has no condition to stand in front of */
        g_string_append(self->out,
                        lexer->last_sign == ';' ? WG_GUARD_FUNCTION "()" : WG_GUARD_FUNCTION "(),");
        self->for_condition = FALSE;
    }
    append_source(self->out, lexer->text + blank_start, lexer->start - blank_start, FALSE);
    append_source(self->out, lexer->text + lexer->start, lexer->position - lexer->start,
                  lexer->kind == TOKEN_STRING);
    if (lexer->kind == TOKEN_WORD && !after_dot) {
        if (token_is(lexer, "while"))
            self->tick_after_paren = TRUE;
        else if (token_is(lexer, "for"))
            self->coming = BRACKET_FOR;
        else if (token_is(lexer, "function"))
            self->coming = BRACKET_PARAMETERS;
        return;
    }
    Bracket top = BRACKET_PLAIN;
    if (self->brackets->len)
        top = g_array_index(self->brackets, Bracket, self->brackets->len - 1);
    switch (lexer->last_sign) {
    case '(':
        if (self->tick_after_paren)
            g_string_append(self->out, WG_GUARD_FUNCTION "(),");
        g_array_append_val(self->brackets, self->coming);
        self->tick_after_paren = FALSE;
        self->coming = BRACKET_PLAIN;
        break;
    case '{':
        if (self->tick_after_brace)
            g_string_append(self->out, WG_GUARD_FUNCTION "();");
        self->tick_after_brace = FALSE;
        /* fall through */
    case '[': {
        const Bracket plain = BRACKET_PLAIN;
        g_array_append_val(self->brackets, plain);
        break;
    }
    case ')':
    case ']':
    case '}':
        if (self->brackets->len)
            g_array_set_size(self->brackets, self->brackets->len - 1);
        if (lexer->last_sign == ')' && top == BRACKET_PARAMETERS)
            self->tick_after_brace = TRUE;
        break;
    case ';':
        if (top == BRACKET_FOR) {
            g_array_index(self->brackets, Bracket, self->brackets->len - 1) = BRACKET_PLAIN;
            self->for_condition = TRUE;
        }
        break;
    default:
        break;
    }
}

char *
wg_source_guard(const char *source, gsize length, gsize *out_length)
{
    Guard guard = {.out = g_string_sized_new(length + length / 8 + 64),
                   .brackets = g_array_new(FALSE, FALSE, sizeof(Bracket))};
    Lexer lexer = {.text = source, .length = length};
    gboolean after_dot = FALSE;
    gsize done = 0;
    while (next(&lexer)) {
        guard_token(&guard, &lexer, done, after_dot);
        after_dot = lexer.last_sign == '.';
        done = lexer.position;
    }
    append_source(guard.out, source + done, length - done, FALSE);
    g_array_unref(guard.brackets);
    *out_length = guard.out->len;
    return g_string_free(guard.out, FALSE);
}

int
wg_source_count_open_brackets(const char *source, gsize length)
{
    Lexer lexer = {.text = source, .length = length};
    int open = 0;
    while (open >= 0 && next(&lexer)) {
        if (lexer.kind == TOKEN_STRING && lexer.unfinished_string)
            return 0; /* so that it runs and the error shows */
        lexer.unfinished_string = FALSE;
        if (lexer.last_sign && strchr("([{", lexer.last_sign))
            open++;
        if (lexer.last_sign && strchr(")]}", lexer.last_sign))
            open--;
    }
    return lexer.unfinished_comment ? 1000 : open;
}
