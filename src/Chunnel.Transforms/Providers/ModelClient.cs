using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.Providers;

/// <summary>Asks a provider over HTTP: in its pace, with patience, counting what it costs. Nothing that it says of a failure holds a secret.</summary>
/// <param name="address">What is called.</param>
/// <param name="key">By which the provider knows the caller.</param>
/// <param name="calls">How it is asked.</param>
/// <param name="secrets">What must not be told.</param>
internal sealed class ModelClient(Uri address, string key, ModelCalls calls, SecretValues secrets)
{
    /// <summary>An answer that is larger is no answer.</summary>
    private const int MostAnswerBytes = 64 << 20;

    private const int MostShownCharacters = 500;

    /// <summary>One for all: connections are used again, and looked up anew from time to time. A redirect is told, not followed: the key is for one address.</summary>
    private static readonly Lazy<HttpClient> _http = new(() => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MostAnswerBytes,
    });

    private TimeProvider _clock = TimeProvider.System;
    private Action<string, long> _count = (_, _) => { };
    private ModelPace? _pace;

    // Subtasks retry at different moments, and each at the same ones every time.
    private Random _chance = new(0);

    public Uri Address => address;

    public string Key => key;

    public ModelCalls Calls => calls;

    public void Open(TransformRuntime runtime)
    {
        (_clock, _count, _chance) = (runtime.Clock, runtime.Count, new Random(runtime.Subtask));
        _pace = ModelPace.Of(address, key, calls, runtime.Clock);
    }

    /// <summary>The answer to a JSON request, as JSON.</summary>
    /// <param name="make">Makes the request; each try has its own.</param>
    /// <param name="failed">How the message about a failure begins.</param>
    /// <param name="stop">Ends it at once, also in the middle of a call.</param>
    /// <exception cref="ChunnelException">There is none, after all tries.</exception>
    public async Task<JsonDocument> AskAsync(Func<HttpRequestMessage> make, string failed, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(make, failed, stop);
            if (outcome.Answer is { } answer) return answer;
            if (!outcome.IsPassing || attempt == calls.Attempts) throw FailureOf(outcome, failed, attempt);
            if (outcome.RetryAfter > calls.RetryAfterLimit)
                throw FailureOf(outcome, string.Create(CultureInfo.InvariantCulture, $"{failed} (it wants {outcome.RetryAfter.Value.TotalSeconds:0.#} s before the next try)"), attempt);
            var wait = BackoffOf(attempt);
            if (outcome.RetryAfter > wait) wait = outcome.RetryAfter.Value;
            _count(ModelCounts.Retries, 1);
            if (outcome.RetryAfter is not null) _pace!.HoldBack(wait);
            await Task.Delay(wait, _clock, stop);
        }
    }

    /// <summary>What the failure of an answer that came says of it.</summary>
    public string Shown(string answer)
    {
        var shown = secrets.Hide(answer);
        return shown.Length <= MostShownCharacters ? shown : string.Concat(shown.AsSpan(0, MostShownCharacters), "...");
    }

    private async Task<Outcome> TryAsync(Func<HttpRequestMessage> make, string failed, CancellationToken stop)
    {
        using var request = make();
        var tokens = ModelCounts.TokensOf(request.Content?.Headers.ContentLength ?? 0);
        await _pace!.WaitAsync(tokens, stop);
        using var limit = new CancellationTokenSource(calls.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        _count(ModelCounts.Requests, 1);
        try
        {
            using var response = await _http.Value.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token);
            if (response.StatusCode != HttpStatusCode.OK) return Outcome.Of(response, Encoding.UTF8.GetString(bytes), _clock.GetUtcNow());
            var answer = Parse(bytes, failed);
            CountTokens(answer.RootElement, tokens);
            return new Outcome(answer, null, IsPassing: false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new Outcome(null, string.Create(CultureInfo.InvariantCulture, $"no answer within {calls.Timeout.TotalMilliseconds} ms"), IsPassing: true);
        }
        catch (HttpRequestException unreachable)
        {
            // A name that is not known or a certificate that does not fit may be mended outside; an answer without end will not.
            return new Outcome(null, unreachable.Message, IsPassing: unreachable.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded);
        }
    }

    private JsonDocument Parse(byte[] bytes, string failed)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            throw new ChunnelException(ModelErrors.WrongAnswer, $"{failed}, response: it is no JSON: {Shown(Encoding.UTF8.GetString(bytes))}")
            {
                Mend = $"Is {Place} the address that takes requests?",
            };
        }
    }

    private void CountTokens(JsonElement answer, long estimated)
    {
        var (prompt, completion) = ModelCounts.UsageOf(answer);
        if (prompt > 0) _count(ModelCounts.PromptTokens, prompt);
        if (completion > 0) _count(ModelCounts.CompletionTokens, completion);
        if (prompt + completion > 0) _pace!.Correct(estimated, prompt + completion);
    }

    private TimeSpan BackoffOf(int attempt)
    {
        var whole = calls.Backoff * Math.Pow(2, Math.Min(attempt - 1, 30));
        if (whole > calls.MaxBackoff) whole = calls.MaxBackoff;
        double share;
        lock (_chance) share = 0.5 + _chance.NextDouble() / 2;
        return whole * share;
    }

    private ChunnelException FailureOf(Outcome outcome, string failed, int attempts)
    {
        var tries = attempts == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" after {attempts} tries");
        return new ChunnelException(outcome.IsPassing ? ModelErrors.Unavailable : ModelErrors.Refused, $"{failed}{tries}, response: {Shown(outcome.Why!)}") { Mend = MendOf(outcome) };
    }

    private string MendOf(Outcome outcome) => outcome.Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"Is 'api_key' one that {Place} knows, and may it use the model?",
        HttpStatusCode.NotFound => $"Is there such a model, and is {Place} the whole address?",
        HttpStatusCode.TooManyRequests => "Ask less: model_requests_per_minute, model_tokens_per_minute, model_parallel_requests; or try more often: model_retry_max_attempts.",
        { } status when (int)status is >= 300 and < 400 => "Write the address that it points to as 'api_path': redirects are not followed with a key.",
        null or >= HttpStatusCode.InternalServerError => $"Is {Place} up, and can it be reached from here? More tries: model_retry_max_attempts; more time: model_request_timeout_ms.",
        _ => "The provider's answer says what it does not like.",
    };

    private string Place => secrets.Hide(address.GetLeftPart(UriPartial.Path));

    /// <summary>What one try came to: an answer, or why there is none and whether another try may have one.</summary>
    private sealed record Outcome(JsonDocument? Answer, string? Why, bool IsPassing, HttpStatusCode? Status = null, TimeSpan? RetryAfter = null)
    {
        public static Outcome Of(HttpResponseMessage response, string body, DateTimeOffset now)
        {
            var status = response.StatusCode;
            var isPassing = (int)status is 408 or 425 or 429 or >= 500 && status != HttpStatusCode.NotImplemented;
            var place = response.Headers.Location is { } moved ? $" to {moved}" : "";
            return new Outcome(null, string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}{place} {body}"), isPassing, status, After(response.Headers.RetryAfter, now));
        }

        private static TimeSpan? After(RetryConditionHeaderValue? header, DateTimeOffset now) => header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => null,
        };
    }
}
