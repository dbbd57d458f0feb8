using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Providers;

/// <summary>Options of every transform that asks a model (spec transforms.md 3.10, 3.11): where it is, and how patiently and how fast it is asked.</summary>
internal static class ModelOptions
{
    private const string Custom = "CUSTOM";

    public static readonly Option<string> Model = Option.Text("model").IsRequired().Says("The model's name, as its provider knows it.");

    public static readonly Option<string> ApiKey = Option.Text("api_key").IsSecret().Must(key => JsonRequests.CanBeSent(key) ? null : "A key has characters that cannot be sent.").Says("The key that the provider knows the caller by. It is never shown.");

    public static readonly Option<string> ApiPath = Option.Text("api_path").Old("openai.api_path").Must(WrongAddress)
        .Says("The address that is called, if it is not the provider's own: a gateway, or a server of your own that speaks the same language. MICROSOFT has none of its own; ${model} in it is replaced.");

    public static readonly Option<SettingsObject> CustomConfig = Option.Object("custom_config")
        .Says("For CUSTOM: an object with custom_request_headers, custom_request_body and custom_response_parse. Each may also stand beside it.");

    public static readonly Option<IReadOnlyDictionary<string, string>> CustomHeaders = Option.TextMap("custom_request_headers").IsSecret().Must(CustomCall.WrongHeaders)
        .Says("For CUSTOM: the request's headers. They are never shown.");

    public static readonly Option<SettingsObject> CustomBody = Option.Object("custom_request_body")
        .Says("For CUSTOM: the request's body, as an object that becomes JSON. ${model}, ${input} and, for LLM, ${prompt} in its texts are replaced; for Embedding, a list [\"${input}\"] becomes the list of all inputs of the request.");

    public static readonly Option<string> CustomResponse = Option.Text("custom_response_parse").Must(AnswerPath.WrongPath)
        .Says("For CUSTOM: where in the response the answers stand, as a path of $, .name, ['name'], [number] and [*]: $.choices[*].message.content, $.data[*].embedding.");

    public static readonly Option<int> Attempts = Option.Int("model_retry_max_attempts").Default(1).AtLeast(1).AtMost(100)
        .Says("How often a request is made at most. What is worth another try: no answer in time, no connection, HTTP 408, 425, 429 and 5xx. Some providers charge for each try.");

    public static readonly Option<TimeSpan> Backoff = Option.Millis("model_retry_backoff_ms").Default(TimeSpan.FromSeconds(1)).Must(NotNegative)
        .Says("How long the first retry waits; each further one waits twice as long, up to model_retry_max_backoff_ms. Up to half of it is taken off by chance, so that not all retry at once.");

    public static readonly Option<TimeSpan> MaxBackoff = Option.Millis("model_retry_max_backoff_ms").Default(TimeSpan.FromSeconds(10)).Must(NotNegative)
        .Says("How long a retry waits at most of its own accord.");

    public static readonly Option<TimeSpan> RetryAfterLimit = Option.Millis("model_retry_after_limit_ms").Default(TimeSpan.FromMinutes(1)).Must(NotNegative)
        .Says("A provider that says Retry-After is given that time before the next try. One that wants more than this fails the request instead: a checkpoint would wait as long.");

    public static readonly Option<TimeSpan> Timeout = Option.Millis("model_request_timeout_ms").Default(TimeSpan.FromSeconds(20)).Must(time => time <= TimeSpan.Zero ? "The value of 'model_request_timeout_ms' must be at least 1." : null)
        .Says("How long one try may take, from connecting to the end of the answer.");

    public static readonly Option<int> Parallel = Option.Int("model_parallel_requests").Default(4).AtLeast(1).AtMost(256)
        .Says("How many requests each subtask has in flight at once. The rows keep their order.");

    public static readonly Option<int> RequestsPerMinute = Option.Int("model_requests_per_minute").AtLeast(1)
        .Says("The most requests a minute, retries included, that this process makes to one address with one key, whatever the number of subtasks and jobs with the same limits. Unlimited if unset.");

    public static readonly Option<int> TokensPerMinute = Option.Int("model_tokens_per_minute").AtLeast(1)
        .Says("The same for tokens: a request counts as a token for four bytes until its answer says how many they were. Unlimited if unset.");

    /// <summary>The options that both transforms have behind their own.</summary>
    public static IReadOnlyList<OptionDescription> Shared { get; } =
    [
        CustomConfig, CustomHeaders, CustomBody, CustomResponse,
        Attempts, Backoff, MaxBackoff, RetryAfterLimit, Timeout, Parallel, RequestsPerMinute, TokensPerMinute,
    ];

    /// <summary>What is wrong with the settings of a custom provider, or with having them for another.</summary>
    public static IEnumerable<Problem> Check(SettingsObject settings, string provider)
    {
        if (CustomConfig.CheckValue(settings) is not null) yield break;
        var custom = CustomOf(settings);
        if (CustomHeaders.Find(custom) is { } headers) headers.KeyWhere.Conceal(headers.Key);
        if (CustomConfig.TryRead(settings, out var inner))
        {
            foreach (var problem in new OptionSet([CustomHeaders, CustomBody, CustomResponse]).Check(inner, CustomConfig.Key, [])) yield return problem;
        }
        if (provider != Custom) yield break;
        var absent = new OptionDescription[] { ApiPath, CustomBody, CustomResponse }.Where(option => option.Find(option == ApiPath ? settings : custom) is null).ToList();
        if (absent.Count == 0) yield break;
        yield return new Problem(CommonErrors.OptionValidateFailed,
            $"There are unconfigured options, the options({string.Join(", ", absent.Select(option => $"'{option.Key}'"))}) are required because ['model_provider' == {Custom}] is true.")
        {
            Where = settings.Where,
        };
    }

    /// <summary>The members of <c>custom_config</c>, and those that stand beside it.</summary>
    public static SettingsObject CustomOf(SettingsObject settings) =>
        CustomConfig.TryRead(settings, out var custom) ? custom with { Entries = [.. settings.Entries, .. custom.Entries] } : settings;

    private static string? NotNegative(TimeSpan time) => time < TimeSpan.Zero ? "A time must not be negative." : null;

    public static string? WrongAddress(string address) =>
        Uri.TryCreate(address.Replace(ModelName.Placeholder, "model", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? null
            : "An address begins with http:// or https://.";
}
