using System.Runtime.CompilerServices;
using System.Text.Json;
using Chunnel.Control;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>
/// Running jobs as lists show them. Where there are hundreds, a job's text is used again for about a second unless its state has changed:
/// its counters may be so old, its state never is. How long exactly is other for each job, so that not all are written anew at once.
/// </summary>
internal sealed class RunningTexts(TimeProvider clock)
{
    /// <summary>Up to here every list is written anew.</summary>
    private const int Few = 200;

    private const int LeastMilliseconds = 500;
    private const int SpreadBits = 10;

    private readonly ConditionalWeakTable<JobHandle, Text> _texts = [];

    /// <param name="jobs">In their order; those that end meanwhile are left out.</param>
    /// <param name="write">Writes one.</param>
    public IReadOnlyList<byte[]> Of(IReadOnlyList<JobHandle> jobs, Action<Utf8JsonWriter, JobView> write)
    {
        var texts = new List<byte[]>(jobs.Count);
        foreach (var job in jobs)
        {
            if (jobs.Count > Few)
            {
                if (TextOf(job, write) is { } text) texts.Add(text);
            }
            else if (job.View is { Status.IsTerminal: false } view)
            {
                texts.Add(BytesReply.Written(json => write(json, view)).ToArray());
            }
        }
        return texts;
    }

    private byte[]? TextOf(JobHandle job, Action<Utf8JsonWriter, JobView> write)
    {
        var version = job.Version;
        if (_texts.TryGetValue(job, out var known) && ReferenceEquals(known.Version, version) && clock.GetElapsedTime(known.Written) < known.Lasts) return known.Bytes;
        var written = clock.GetTimestamp();
        var view = job.View;
        if (view.Status.IsTerminal) return null;
        var text = new Text(version, written, LastsFor(job.JobId), BytesReply.Written(json => write(json, view)).ToArray());
        _texts.AddOrUpdate(job, text);
        return text.Bytes;
    }

    /// <summary>Half a second to one and a half.</summary>
    private static TimeSpan LastsFor(long jobId)
    {
        const uint Scatter = 2_654_435_769; // 2^32 divided by the golden ratio: neighbours get far apart
        return TimeSpan.FromMilliseconds(LeastMilliseconds + (int)(((uint)(jobId >> 16) * Scatter) >> (32 - SpreadBits)));
    }

    private sealed record Text(object Version, long Written, TimeSpan Lasts, byte[] Bytes);
}
