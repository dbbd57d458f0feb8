using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Rest;

/// <summary>Everything that a caller may order. Both faces of REST give their orders here.</summary>
/// <param name="engine">Carries them out.</param>
/// <param name="shades">What secrets of jobs may be encrypted with.</param>
/// <param name="log">The node's log.</param>
/// <param name="clock">The time.</param>
/// <param name="remembers">How long the keys of orders are remembered: as long as the jobs that came of them.</param>
public sealed class JobOrders(ChunnelEngine engine, ShadeSet shades, ILogger log, TimeProvider clock, TimeSpan remembers)
{
    private readonly IdempotencyKeys _keys = new(clock, remembers);

    /// <summary>Takes a job: reads, checks and plans it, then starts it. A job that runs already under its id goes on as it is.</summary>
    /// <exception cref="RestRefusal">The request is at fault before the job is looked at.</exception>
    /// <exception cref="ChunnelException">All that is wrong with the job.</exception>
    internal Task<AcceptedJob> SubmitAsync(SubmitRequest request, CancellationToken stop) =>
        request.Key is null ? TakeAsync(request, stop) : _keys.OnceAsync(request, () => TakeAsync(request, CancellationToken.None), stop);

    /// <summary>Ends a job. One that is not there, or has ended, is no mistake: whoever asked has what they wanted.</summary>
    internal async Task StopAsync(StopRequest request, CancellationToken stop)
    {
        var answer = request.WithSavepoint
            ? await engine.StopWithSavepointAsync(request.JobId, stop)
            : await engine.CancelAsync(request.JobId, stop);
        if (answer is null) log.NothingToStop(request.JobId);
    }

    /// <summary>Lets a job take a savepoint and run on.</summary>
    /// <exception cref="RestRefusal">It is not there, has ended, or is about to: whoever asked does not get what they wanted.</exception>
    internal async Task SaveAsync(long jobId, CancellationToken stop)
    {
        if (await engine.TakeSavepointAsync(jobId, stop) is not { } answer) throw RestRefusal.BadRequest(WireTexts.NotSaved(jobId));
        if (answer.Verdict == OrderVerdict.TooLate) throw RestRefusal.BadRequest(answer.Text!);
    }

    /// <summary>Replaces all tags of this node; an empty object leaves none. Values become text, null the empty one (spec rest-api.md 9).</summary>
    internal void UpdateTags(SettingsObject tags) => engine.UpdateTags(tags.Entries.ToDictionary(
        tag => tag.Key,
        tag => tag.Value is SettingsScalar { Kind: ScalarKind.Null } ? "" : JavaText.Of(tag.Value),
        StringComparer.Ordinal));

    private async Task<AcceptedJob> TakeAsync(SubmitRequest request, CancellationToken stop)
    {
        if (request.StartsFromSavepoint && string.IsNullOrEmpty(request.JobId)) throw RestRefusal.BadRequest(WireTexts.SavepointNeedsJobId);
        var read = request.Load(shades);
        long? jobId = string.IsNullOrEmpty(request.JobId) ? null : WireTypes.ParseId(request.JobId);
        var definition = Check(read);
        var handle = await engine.SubmitAsync(
            new JobSubmission { Definition = definition, Name = request.Name, JobId = jobId, StartsFromSavepoint = request.StartsFromSavepoint },
            stop);
        var name = definition.Env.NameFor(request.Name);
        log.Submitted(handle.JobId, name);
        return new AcceptedJob(handle.JobId, name);
    }

    private JobDefinition Check(JobLoadResult read)
    {
        var (definition, problems) = engine.Planner.Check(read);
        if (definition is null) throw new ProblemsException([.. problems.Where(problem => problem.Severity == Severity.Error)]);
        foreach (var warning in problems) log.JobWarning(warning.ToString());
        return definition;
    }
}
