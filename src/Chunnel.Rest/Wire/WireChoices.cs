namespace Chunnel.Rest;

/// <summary>Where documents, servers and clients disagree and one of them must be taken: the node's settings can turn it (spec rest-api.md 16).</summary>
public sealed record WireChoices
{
    /// <summary>Submit and stop answer the id as a number, as the documents show it; text keeps all digits everywhere (decision D1).</summary>
    public bool JobIdAsNumber { get; init; }

    /// <summary>The list of ended jobs begins with the one that ended last, as later servers have it (decision D5).</summary>
    public bool FinishedNewestFirst { get; init; }
}
