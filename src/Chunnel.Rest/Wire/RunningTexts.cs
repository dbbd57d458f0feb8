using System.Text.Json;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>
/// Running jobs as lists show them. Where there are hundreds, their texts lie ready: one is written anew at once when its job's state has
/// changed, and about every second for its counters, which may be so old; of many thousands less often. Who asks again soon meets a small
/// part of the list each time, so that nobody waits for all of it to be written. A text that has not changed stays the object that it was:
/// new ones in thousands would keep the garbage collector busy.
/// </summary>
internal sealed class RunningTexts(TimeProvider clock)
{
    /// <summary>Up to here every list is written anew.</summary>
    private const int Few = 200;

    /// <summary>No more texts than these are written anew in a second, however many jobs there are.</summary>
    private const int MostPerSecond = 2_000;

    private static readonly TimeSpan LeastRound = TimeSpan.FromSeconds(1);

    private readonly Lock _one = new();
    private Entry[] _entries = [];
    private byte[][]? _texts;
    private int? _changes;
    private int _next;
    private long _asked;

    /// <param name="jobs">Knows them; those that end meanwhile are left out.</param>
    /// <param name="write">Writes one.</param>
    public IReadOnlyList<byte[]> Of(JobQuestions jobs, Action<Utf8JsonWriter, JobView> write)
    {
        lock (_one)
        {
            var now = clock.GetTimestamp();
            var changes = jobs.LiveChanges;
            if (changes != _changes)
            {
                var live = jobs.Live();
                if (live.Count <= Few)
                {
                    (_changes, _entries, _texts) = (null, [], null);
                    return [.. live.Select(job => Entry.Of(job, now, write)?.Text).OfType<byte[]>()];
                }
                TakeIn(live, now, write);
                _changes = changes;
            }
            WriteAnew(now, write);
            return _texts ??= Array.ConvertAll(_entries, entry => entry.Text);
        }
    }

    /// <summary>In this time all texts are come by once.</summary>
    private TimeSpan Round => TimeSpan.FromSeconds(Math.Max(LeastRound.TotalSeconds, (double)_entries.Length / MostPerSecond));

    /// <summary>The list has changed: texts of jobs that look as before are used again.</summary>
    private void TakeIn(IReadOnlyList<JobHandle> live, long now, Action<Utf8JsonWriter, JobView> write)
    {
        var known = _entries.ToDictionary(entry => entry.Job);
        var entries = new List<Entry>(live.Count);
        foreach (var job in live)
        {
            if (known.TryGetValue(job, out var entry) && ReferenceEquals(entry.Version, job.Version)) entries.Add(entry);
            else if (Entry.Of(job, now, write) is { } written) entries.Add(written);
        }
        _entries = [.. entries];
        _texts = null;
    }

    /// <summary>As large a part of the list as of the round has passed since the last question.</summary>
    private void WriteAnew(long now, Action<Utf8JsonWriter, JobView> write)
    {
        var round = Round;
        // A text that is younger when it is come by stays.
        var young = round / 2;
        var part = Math.Min(clock.GetElapsedTime(_asked, now) / round, 1);
        _asked = now;
        for (var left = (int)Math.Ceiling(part * _entries.Length); left > 0; left--)
        {
            _next = (_next + 1) % _entries.Length;
            var entry = _entries[_next];
            if (clock.GetElapsedTime(entry.Written, now) < young || Entry.Of(entry.Job, now, write, entry.Text) is not { } written) continue;
            _entries[_next] = written;
            if (!ReferenceEquals(written.Text, entry.Text)) _texts = null;
        }
    }

    private sealed record Entry(JobHandle Job, object Version, long Written, byte[] Text)
    {
        /// <param name="job">The job.</param>
        /// <param name="now">When it is written.</param>
        /// <param name="write">Writes it.</param>
        /// <param name="before">What was written before, which stays when it says the same.</param>
        /// <returns>Null when the job has ended.</returns>
        public static Entry? Of(JobHandle job, long now, Action<Utf8JsonWriter, JobView> write, byte[]? before = null)
        {
            var version = job.Version;
            var view = job.View;
            if (view.Status.IsTerminal) return null;
            var text = BytesReply.Written(json => write(json, view)).Span;
            return new Entry(job, version, now, text.SequenceEqual(before) ? before! : text.ToArray());
        }
    }
}
