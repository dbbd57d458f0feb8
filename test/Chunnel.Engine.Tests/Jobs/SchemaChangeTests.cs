using Chunnel.Control;

namespace Chunnel.Engine.Tests;

/// <summary>A table that changes while it is read: rows before the change are visible before the target is altered, rows behind it come after, whatever fails. Spec engine.md 6.8.</summary>
public sealed class SchemaChangeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact, Trait("spec", "engine.md 6.8")]
    public async Task Rows_before_a_change_are_visible_before_it_and_rows_behind_it_come_after()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { checkpoint.interval = 60000 }
            source { Changing { rows = 20, changes_at = ["10"] } }
            sink { Ledger {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        test.Ledger.Book.ShouldBe(["show up to 9", "add c1", "show up to 9", "show up to 19"]);
        RowsAre(test.Ledger, 20, 10);
        ended.Pipelines[0].Checkpoints.History.Past.Reverse().Select(past => past.Type.Name).ShouldBe(["schema-change-before-point", "schema-change-after-point", "completed-point"]);
    }

    [Fact, Trait("spec", "engine.md 6.8")]
    public async Task Changes_follow_one_another_also_without_a_row_between_them_and_at_both_ends()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env { checkpoint.interval = 20 }
            source { Changing { rows = 12, changes_at = ["0", "6", "6", "11"] } }
            sink { Ledger {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        test.Ledger.Book.Where(line => !line.StartsWith("show", StringComparison.Ordinal)).ShouldBe(["add c1", "add c2", "add c3", "add c4"]);
        RowsAre(test.Ledger, 12, 0, 6, 6, 11);
    }

    [Theory, Trait("spec", "engine.md 6.8, 7.1; architecture.md 6: S1 S2 S11")]
    [InlineData("before_altering", -1, "add c1")]
    [InlineData("after_altering", -1, "add c1|pass over c1")]
    [InlineData("never", 10, "add c1")]
    [InlineData("never", 14, "add c1")]
    public async Task Whatever_fails_around_a_change_it_is_carried_out_and_no_row_is_lost_or_doubled(string sinkFails, int sourceFailsAt, string altered)
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync($$"""
            env { checkpoint.interval = 20, job.retry.interval.seconds = 0 }
            source { Changing { rows = 20, changes_at = ["10"], fail_at = {{sourceFailsAt}} } }
            sink { Ledger { fail = "{{sinkFails}}" } }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        ended.Pipelines[0].Restores.ShouldBe(1);
        string.Join('|', test.Ledger.Book.Where(line => !line.StartsWith("show", StringComparison.Ordinal))).ShouldBe(altered);
        RowsAre(test.Ledger, 20, 10);
        (ended.Metrics.Read.Rows, ended.Metrics.Written.Rows, ended.Metrics.Committed.Rows).ShouldBe((20, 20, 20));
    }

    /// <summary>The kill is another engine on the same log, before the first row of the new schema.</summary>
    [Fact, Trait("spec", "engine.md 6.8, 7.3; architecture.md 6: S1 S2 S11")]
    public async Task A_job_whose_node_died_behind_a_change_goes_on_behind_it()
    {
        await using var node = new StoredEngine();
        await using var first = await node.StartAsync();
        var handle = await first.SubmitAsync("""
            env { checkpoint.interval = 60000 }
            source { Changing { rows = 20, changes_at = ["10"], hold_at = 12 } }
            sink { Ledger {} }
            """);
        await first.Until(() => first.Lines.Any(line => line.Contains("pending checkpoint(2/1@", StringComparison.Ordinal)));
        await using var second = await node.StartAsync();
        node.Changing.Release();
        var ended = await second.EndOf(handle.JobId);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        node.Ledger.Book.Where(line => !line.StartsWith("show", StringComparison.Ordinal)).ShouldBe(["add c1"]);
        RowsAre(node.Ledger, 20, 10);
    }

    [Fact, Trait("spec", "engine.md 6.8")]
    public async Task Without_checkpoints_a_change_goes_by_in_its_order()
    {
        await using var test = new EngineUnderTest();
        var ended = await test.RunAsync("""
            env {}
            source { Changing { rows = 4, batch = 4, changes_at = ["0"] } }
            sink { Ledger {} }
            """);
        ended.Status.ShouldBe(JobStatus.Finished, ended.ErrorText);
        test.Ledger.Book.ShouldBe(["add c1", "show up to 3"]);
        ended.Pipelines[0].Checkpoints.History.Past.Select(past => past.Type).ShouldBe([CheckpointType.CompletedPoint]);
    }

    [Fact, Trait("spec", "engine.md 6.8, 6.9")]
    public async Task A_savepoint_behind_a_change_is_gone_on_with_behind_it()
    {
        await using var node = new StoredEngine();
        await using var engine = await node.StartAsync();
        const string Job = """
            env { checkpoint.interval = 60000 }
            source { Changing { rows = 20, changes_at = ["10"], hold_at = 12 } }
            sink { Ledger {} }
            """;
        var handle = await engine.SubmitAsync(Job);
        await engine.Until(() => engine.Lines.Any(line => line.Contains("pending checkpoint(2/1@", StringComparison.Ordinal)));
        await engine.Engine.StopWithSavepointAsync(handle.JobId, Stop);
        (await handle.Ended).Status.ShouldBe(JobStatus.SavepointDone);
        node.Changing.Release();
        var again = await engine.Engine.SubmitAsync(new JobSubmission { Definition = EngineUnderTest.Define(Job), JobId = handle.JobId, StartsFromSavepoint = true }, Stop);
        (await again.Ended).Status.ShouldBe(JobStatus.Finished);
        node.Ledger.Book.Where(line => !line.StartsWith("show", StringComparison.Ordinal)).ShouldBe(["add c1"]);
        RowsAre(node.Ledger, 20, 10);
    }

    /// <summary>All rows once each, each with the columns that the table had where the row stands.</summary>
    private static void RowsAre(LedgerPlugin ledger, int rows, params int[] changesAt) =>
        ledger.Rows.ShouldBe(Enumerable.Range(0, rows).Select(row => ((long)row, 1 + changesAt.Count(change => change <= row))));
}
