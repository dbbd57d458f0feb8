namespace Chunnel.Rest;

/// <summary>Texts that callers compare with: word for word SeaTunnel's (spec rest-api.md 2.5).</summary>
internal static class WireTexts
{
    public const string BodyEmpty = "Request body is empty.";
    public const string BodyNotJson = "Invalid JSON format in request body.";
    public const string SavepointNeedsJobId = "Please provide jobId when start with save point.";

    /// <summary>A parameter of v1 that has no value.</summary>
    public const string ParameterWithoutValue = "Invalid Params format in Params.";

    /// <summary>A parameter of v1 whose escapes are broken.</summary>
    public const string ParameterEncoding = "Unsupported encoding exists in the parameter.";

    public const string PageBelowOne = "Page number must be greater than 0";

    /// <summary>A path that ends where the id should stand.</summary>
    public const string JobIdMissing = "The jobId must not be empty.";

    /// <summary>A body without the id.</summary>
    public const string JobIdEmpty = "jobId cannot be empty.";

    /// <summary>How the text of a job without sources or sinks begins.</summary>
    public const string Miss = "Miss <";

    public const string InvalidJobId = "Invalid jobId";
    public const string InvalidLimit = "Invalid limit";
    public const string TagsUpdated = "update node tags done.";

    public static string NotANumber(string text) => $"For input string: \"{text}\"";

    /// <summary>Of a job that is not there, or does not run (engine.md 6.9).</summary>
    public static string NotSaved(long jobId) => $"The job with id '{WireTypes.Id(jobId)}' not running, save point failed";

    /// <summary>What a member of a Hazelcast cluster says to whoever writes where only reading is.</summary>
    public static string MissingMapName(string route) => $"Missing map name: {route} is asked with GET.";
}
