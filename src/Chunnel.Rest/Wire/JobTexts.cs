using System.Runtime.CompilerServices;
using System.Text.Json;
using Chunnel.Config;
using Chunnel.Engine;

namespace Chunnel.Rest;

/// <summary>
/// The parts of a job's answers that never change in its life, written once: its settings and its graph are most of every answer, and a job
/// that has ended does not change at all. What is kept goes with the job.
/// </summary>
internal sealed class JobTexts
{
    private static readonly ConditionalWeakTable<JobDefinition, JobTexts> _live = [];
    private static readonly ConditionalWeakTable<JobView, byte[]> _ended = [];

    private readonly long _jobId;
    private byte[]? _graphWithPlan;

    private JobTexts(JobView job)
    {
        _jobId = job.JobId;
        Env = BytesReply.Written(json => JobWriter.WriteEnvValue(json, job)).ToArray();
        Graph = BytesReply.Written(json => JobWriter.WriteGraphValue(json, job, Env, withPlan: false)).ToArray();
    }

    /// <summary>The value of <c>envOptions</c>.</summary>
    public byte[] Env { get; }

    /// <summary>The value of <c>jobDag</c>.</summary>
    public byte[] Graph { get; }

    public static JobTexts Of(JobView job)
    {
        if (_live.TryGetValue(job.Definition, out var known) && known._jobId == job.JobId) return known;
        var texts = new JobTexts(job);
        _live.AddOrUpdate(job.Definition, texts);
        return texts;
    }

    /// <summary>A job that has ended, as lists show it.</summary>
    public static byte[] OfEnded(JobView job, Action<Utf8JsonWriter> write)
    {
        if (_ended.TryGetValue(job, out var known)) return known;
        var text = BytesReply.Written(write).ToArray();
        _ended.AddOrUpdate(job, text);
        return text;
    }

    /// <summary>The value of <c>jobDag</c> with the first document's members.</summary>
    public byte[] GraphWithPlan(JobView job) =>
        _graphWithPlan ??= BytesReply.Written(json => JobWriter.WriteGraphValue(json, job, Env, withPlan: true)).ToArray();
}
