namespace Chunnel.Rest;

/// <summary>What the API document says of a route.</summary>
/// <param name="Tag">The group it stands in.</param>
/// <param name="Summary">What it is for, in a line.</param>
internal sealed record RouteDoc(string Tag, string Summary)
{
    /// <summary>More than a line, where there is more to know.</summary>
    public string? Description { get; init; }

    /// <summary>What may follow the route in the path.</summary>
    public PathDoc? Rest { get; init; }

    public IReadOnlyList<ParameterDoc> Query { get; init; } = [];

    public BodyDoc? Body { get; init; }

    public required AnswerDoc Answer { get; init; }

    /// <summary>Statuses that it answers with the fail object, and when.</summary>
    public IReadOnlyList<(int Status, string When)> Refusals { get; init; } = [];
}

/// <summary>The end of a path.</summary>
/// <param name="Name">As it stands between braces.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Example">One that works.</param>
/// <param name="IsOptional">The path answers without it, too.</param>
internal sealed record PathDoc(string Name, string Meaning, string Example, bool IsOptional = false);

/// <summary>A query parameter.</summary>
/// <param name="Name">How it is spelled.</param>
/// <param name="Type">Its schema.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record ParameterDoc(string Name, Schema Type, string Meaning);

/// <summary>What is sent.</summary>
/// <param name="MediaType">Which callers send; a node reads the body as text whatever is said.</param>
/// <param name="Type">Its schema.</param>
/// <param name="Example">One that works, as JSON.</param>
internal sealed record BodyDoc(string MediaType, Schema Type, string Example)
{
    public static BodyDoc Json(Schema type, string example) => new("application/json", type, example);
}

/// <summary>What comes back with status 200.</summary>
/// <param name="MediaType">Its content type.</param>
/// <param name="Type">Its schema.</param>
/// <param name="Example">One, as JSON; null where a page or a file comes back.</param>
internal sealed record AnswerDoc(string MediaType, Schema Type, string? Example)
{
    public static AnswerDoc Json(Schema type, string example) => new("application/json", type, example);

    public static AnswerDoc Text(string mediaType) => new(mediaType, Schema.Text(), null);
}
