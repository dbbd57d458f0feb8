namespace Chunnel.Control;

/// <summary>What went wrong, in words for the person whose job it is.</summary>
public sealed record Failure
{
    /// <summary>The error with its causes, as the job's error text shows it.</summary>
    public required string Text { get; init; }

    /// <summary>The error's code, if it has one: it says whether another try can help.</summary>
    public ErrorCode? Code { get; init; }

    /// <summary>The full name of the task group that failed.</summary>
    public string? Task { get; init; }

    /// <summary>The table whose rows were in hand.</summary>
    public string? Table { get; init; }

    /// <summary>The rows that were in hand.</summary>
    public RowRange? Rows { get; init; }

    /// <summary>A fault without a code may be anything, so it is tried again; a user's slip fails at once.</summary>
    public bool MayPass => Code is null or { Blame: not Blame.User, Retry: Retry.Later };

    /// <summary>The failure that an exception stands for, with its causes, as anyone may see it: from here on the text is shown, logged and kept.</summary>
    /// <param name="exception">Whoever threw it, plug-ins and drivers too.</param>
    /// <param name="secrets">What must not be told of the job.</param>
    public static Failure From(Exception exception, SecretValues secrets) => new()
    {
        Text = secrets.Hide(exception.ToString()),
        Code = exception is ChunnelException { Code: var code } ? secrets.Hide(code) : null,
    };

    /// <summary>The text, and behind it the place: task, table, rows.</summary>
    public override string ToString()
    {
        string?[] place =
        [
            Task is null ? null : $"task: {Task}",
            Table is null ? null : $"table: {Table}",
            Rows is null ? null : $"rows: {Rows}",
        ];
        var known = string.Join(", ", place.Where(part => part is not null));
        return known.Length == 0 ? Text : $"{Text} ({known})";
    }
}
