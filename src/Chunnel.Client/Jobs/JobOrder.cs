namespace Chunnel.Client;

/// <summary>A job to be run.</summary>
/// <param name="Text">The job file's text.</param>
/// <param name="Format"><c>json</c>, <c>hocon</c> or <c>sql</c>.</param>
public sealed record JobOrder(string Text, string Format)
{
    /// <summary>Wins over the name in the job.</summary>
    public string? Name { get; init; }

    /// <summary>An id of the caller's choice; the node makes one when null.</summary>
    public long? JobId { get; init; }

    /// <summary>Go on from the savepoint of <see cref="JobId"/>.</summary>
    public bool StartsFromSavepoint { get; init; }

    /// <summary>Any text that no other order has: an order that is sent again after a lost answer does not start a second job.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>A job file; its ending tells the format: <c>.json</c>, <c>.sql</c>, and HOCON for every other.</summary>
    public static async Task<JobOrder> OfFileAsync(string path, CancellationToken stop)
    {
        var format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => "json",
            ".sql" => "sql",
            _ => "hocon",
        };
        return new JobOrder(await File.ReadAllTextAsync(path, stop), format);
    }

    internal string Query => Client.Query.Of(
        KeyValuePair.Create("format", (string?)Format),
        KeyValuePair.Create("jobName", Name),
        KeyValuePair.Create("jobId", JobId?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        KeyValuePair.Create("isStartWithSavePoint", StartsFromSavepoint ? "true" : null));
}
