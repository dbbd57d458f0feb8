namespace Chunnel.Config.Sql;

internal enum SqlTokenKind
{
    /// <summary>A bare word or one in back-ticks or double quotes.</summary>
    Name,

    /// <summary>Text in single quotes.</summary>
    Text,

    /// <summary>Any other single character.</summary>
    Symbol,
    End,
}

/// <summary>A word of a statement; <see cref="Start"/> and <see cref="End"/> are places in the statement's text.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Start, int End, bool Quoted = false)
{
    /// <summary>True for the keyword in any case; a quoted name is never a keyword.</summary>
    public bool Is(string keyword) => !Quoted && Kind != SqlTokenKind.Text && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
