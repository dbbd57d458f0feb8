using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>
/// Sends the events of all jobs to an address, as a JSON array every ten seconds (spec engine.md 11.4). What was not taken is sent again; when too
/// much waits, the oldest goes. Nobody waits for it.
/// </summary>
internal sealed class EventReport : IAsyncDisposable
{
    private const int MostKept = 2_000;
    private static readonly TimeSpan _connectLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _sendLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _lastPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<LifecycleEvent> _kept = new();
    private readonly EventReportSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _sending;
    private long _firstKept;
    private bool _isAway;

    public EventReport(EventReportSettings settings, TimeProvider clock, ILogger log)
    {
        (_settings, _clock, _log) = (settings, clock, log);
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = _connectLimit }) { Timeout = _connectLimit + _sendLimit };
        _sending = SendAlwaysAsync(_stopping.Token);
    }

    public bool TellsEveryState => _settings.TellsEveryState;

    public void Tell(LifecycleEvent what)
    {
        lock (_lock)
        {
            if (_kept.Count == MostKept) Drop(1);
            _kept.Enqueue(what);
        }
    }

    /// <summary>What is left is sent once more, if the other side is quick.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _sending;
        using var last = new CancellationTokenSource(_lastPatience, _clock);
        try
        {
            await SendAsync(last.Token);
        }
        catch (OperationCanceledException) when (last.IsCancellationRequested)
        {
            // It was not.
        }
        _client.Dispose();
        _stopping.Dispose();
    }

    private void Drop(int count)
    {
        for (var i = 0; i < count; i++) _kept.Dequeue();
        _firstKept += count;
    }

    private async Task SendAlwaysAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_settings.Interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await SendAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node goes down.
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        LifecycleEvent[] events;
        long first;
        lock (_lock) (events, first) = ([.. _kept], _firstKept);
        if (events.Length == 0) return;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _settings.Url) { Content = ContentOf(events) };
            foreach (var (name, value) in _settings.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value)) Replace(request.Content.Headers, name, value);
            }
            using var answer = await _client.SendAsync(request, stop);
            if (answer.IsSuccessStatusCode) Sent(first + events.Length);
            else Failed($"it answers {(int)answer.StatusCode}");
        }
        catch (HttpRequestException fault)
        {
            Failed(fault.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Failed("it did not answer in time");
        }
    }

    private static ByteArrayContent ContentOf(IReadOnlyList<LifecycleEvent> events)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var one in events) one.WriteTo(json);
            json.WriteEndArray();
        }
        var content = new ByteArrayContent(bytes.WrittenSpan.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static void Replace(HttpContentHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }

    /// <summary>Those up to here were taken; some of them may have been dropped meanwhile.</summary>
    private void Sent(long upTo)
    {
        lock (_lock)
        {
            if (upTo > _firstKept) Drop((int)(upTo - _firstKept));
        }
        if (_isAway) _log.EventsTakenAgain(_settings.Url.Authority);
        _isAway = false;
    }

    /// <summary>Said once: an address that is away stays away for many sendings.</summary>
    private void Failed(string why)
    {
        if (!_isAway) _log.EventsNotTaken(_settings.Url.Authority, why);
        _isAway = true;
    }
}
