namespace Chunnel.Rest.Tests;

/// <summary>A node with jobs in the states that recorded exchanges ask for.</summary>
internal sealed class RecordedNode(NodeUnderTest node)
{
    private readonly Dictionary<string, string> _jobs = [];

    /// <summary>A job in a state. One that is only looked at is shared; one that is ordered about is made for it.</summary>
    public async Task<string> JobInAsync(string state, bool isOrdered)
    {
        if (!isOrdered && _jobs.TryGetValue(state, out var known)) return known;
        var jobId = await node.SubmitAsync(state switch { "FINISHED" => Jobs.Short, "FAILED" => Jobs.Failing, _ => Jobs.Endless });
        if (state is "CANCELED" or "SAVEPOINT_DONE")
        {
            await node.WaitAsync(jobId, "RUNNING");
            await node.PostAsync("/stop-job", $$"""{"jobId": {{jobId}}, "isStopWithSavePoint": {{(state == "SAVEPOINT_DONE" ? "true" : "false")}}}""");
        }
        await node.WaitAsync(jobId, state);
        return _jobs[state] = jobId;
    }
}
