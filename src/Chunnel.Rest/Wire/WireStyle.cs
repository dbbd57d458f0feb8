namespace Chunnel.Rest;

/// <summary>What the two faces say differently where they say the same (spec rest-api.md 2.1, 13).</summary>
internal sealed record WireStyle
{
    public static readonly WireStyle V1 = new()
    {
        ErrorType = "application/json",
        PageType = "text/html; charset=UTF-8",
        TextType = "text/plain",
        NamesType = "text/plain",
        ShowsPlan = true,
        WantsValues = true,
        IdIsAllOfPath = true,
    };

    public static readonly WireStyle V2 = new()
    {
        ErrorType = "application/json;charset=utf-8",
        PageType = "text/html;charset=utf-8",
        TextType = "text/plain;charset=utf-8",
        NamesType = "application/json",
    };

    /// <summary>The content type of a refusal.</summary>
    public required string ErrorType { get; init; }

    /// <summary>The content type of a page.</summary>
    public required string PageType { get; init; }

    /// <summary>The content type of a log file.</summary>
    public required string TextType { get; init; }

    /// <summary>The content type of the list of names that nodes ask each other for.</summary>
    public required string NamesType { get; init; }

    /// <summary>The first document's <c>vertices</c>, <c>edges</c> and lower-camel counters, in every job that has not ended.</summary>
    public bool ShowsPlan { get; init; }

    /// <summary>A parameter without a value is a mistake where a job is submitted.</summary>
    public bool WantsValues { get; init; }

    /// <summary>A job's id is all that follows in the address, the query with it; where nothing follows, the address itself is no number.</summary>
    public bool IdIsAllOfPath { get; init; }
}
