namespace Chunnel.Config;

/// <summary>The languages a job can be written in.</summary>
public enum JobFormat
{
    Hocon,
    Json,
    Sql,
}

/// <summary>Which language a file or a request holds (spec config.md 1).</summary>
public static class JobFormats
{
    /// <summary>By extension in any case; all but <c>.json</c> and <c>.sql</c> is HOCON.</summary>
    public static JobFormat OfFile(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".json" => JobFormat.Json,
        ".sql" => JobFormat.Sql,
        _ => JobFormat.Hocon,
    };
}
