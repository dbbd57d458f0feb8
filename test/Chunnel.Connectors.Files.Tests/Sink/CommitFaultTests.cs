using Chunnel.Core;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>spec connectors.md 6.5, 91: wherever the process dies, a repeated commit leaves exactly the expected files.</summary>
public sealed class CommitFaultTests
{
    private const int MoreSteps = 26;
    private static readonly TableSchema Table = Jobs.Table(("id", DataType.Int), ("k", DataType.String));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int, bool> Places()
    {
        var places = new TheoryData<int, bool>();
        for (var step = 1; step <= MoreSteps; step++)
        {
            places.Add(step, false);
            places.Add(step, true);
        }
        return places;
    }

    [Theory, MemberData(nameof(Places))]
    [Trait("spec", "connectors.md 91")]
    public async Task A_commit_that_dies_at_any_step_is_finished_by_the_next(int step, bool afterwards)
    {
        using var folder = new TempFolder();
        await using var run = await SinkRun.StartAsync(Settings(folder), Table);
        await run.WriteAsync(Jobs.Batch(Table, [1, "a"], [2, "b"], [3, "a"], [4, null]));
        var prepared = await run.PrepareAsync(1);
        folder.Files("out").ShouldBeEmpty();

        var store = new FaultyStore(new LocalFileStore(), step, afterwards);
        await using (var dying = new FileCommitter(store))
        {
            if (await DiesAsync(() => dying.CommitAsync([prepared.Aggregate!], Stop).AsTask())) store.HasFailed.ShouldBeTrue();
        }

        await run.RestoreCommitAsync(prepared.Aggregate!);
        ExpectAllOnce(folder);
        await run.RestoreCommitAsync(prepared.Aggregate!);
        ExpectAllOnce(folder);
        folder.Files("tmp").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Places))]
    [Trait("spec", "connectors.md 91")]
    public async Task A_writer_that_dies_at_any_step_leaves_only_what_the_checkpoint_covers(int step, bool afterwards)
    {
        using var folder = new TempFolder();
        await using var first = await SinkRun.StartAsync(Settings(folder), Table);
        await first.WriteAsync(Jobs.Batch(Table, [1, "a"], [2, "b"]));
        var prepared = await first.PrepareAsync(1);
        await first.WriteAsync(Jobs.Batch(Table, [9, "lost with the process"]));
        await first.PrepareAsync(2);

        // Checkpoint 1 is complete, checkpoint 2 is not; the restored writer dies on its way, another one takes over.
        var settings = FileSinkSettings.Read(Jobs.Settings(Settings(folder)));
        var store = new FaultyStore(new LocalFileStore(), step, afterwards);
        await using (var dying = new FileSink(settings, new FileSinkColumns(Table, settings), store, "42"))
        {
            await DiesAsync(async () =>
            {
                // Not disposed: the dead do not tidy up.
                var run = await SinkRun.StartAsync(dying, 1, prepared.States, attempt: 2);
                await run.WriteAsync(Jobs.Batch(Table, [3, "a"], [4, null]));
                await run.PrepareAsync(2);
            });
        }

        await using var restored = await SinkRun.StartAsync(await SinkRun.SinkAsync(Settings(folder), Table), 1, prepared.States, attempt: 3);
        await restored.RestoreCommitAsync(prepared.Aggregate!);
        await restored.WriteAsync(Jobs.Batch(Table, [3, "a"], [4, null]));
        await restored.CheckpointAsync(2);
        ExpectAllOnce(folder);
        folder.Files("tmp").ShouldBeEmpty();
    }

    /// <summary>It died before its first checkpoint, so that no state tells of it; others, of another sink or newer, are left alone.</summary>
    [Fact]
    public async Task What_an_older_attempt_left_goes_with_the_first_commit()
    {
        using var folder = new TempFolder();
        var first = await SinkRun.StartAsync(Settings(folder), Table);
        await first.WriteAsync(Jobs.Batch(Table, [9, "lost with the process"]));
        await first.PrepareAsync(1);
        var newer = await SinkRun.StartAsync(await SinkRun.SinkAsync(Settings(folder), Table), 1, [], attempt: 3);
        await newer.WriteAsync(Jobs.Batch(Table, [8, "of a newer attempt"]));
        var other = await SinkRun.StartAsync(Settings(folder), new TableSchema(new TablePath(null, null, "other"), Table.Columns));
        await other.WriteAsync(Jobs.Batch(Table, [7, "of another table"]));

        await using var second = await SinkRun.StartAsync(await SinkRun.SinkAsync(Settings(folder), Table), 1, [], attempt: 2);
        await second.WriteAsync(Jobs.Batch(Table, [1, "a"], [2, "b"], [3, "a"], [4, null]));
        folder.Files("tmp").Count.ShouldBe(6);
        await second.CheckpointAsync(1);

        ExpectAllOnce(folder);
        folder.Files("tmp").Count.ShouldBe(2);
        await newer.DisposeAsync();
        await other.DisposeAsync();
        folder.Files("tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_abort_leaves_nothing()
    {
        using var folder = new TempFolder();
        await using var run = await SinkRun.StartAsync(Settings(folder), Table);
        await run.WriteAsync(Jobs.Batch(Table, [1, "a"]));
        var prepared = await run.PrepareAsync(1);
        await run.AbortAsync(prepared.Aggregate!);
        folder.Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_writer_that_stops_without_a_checkpoint_takes_its_files_along()
    {
        using var folder = new TempFolder();
        await using (var run = await SinkRun.StartAsync(Settings(folder), Table)) await run.WriteAsync(Jobs.Batch(Table, [1, "a"]));
        folder.Files().ShouldBeEmpty();
    }

    private static void ExpectAllOnce(TempFolder folder)
    {
        folder.Lines("out").Order(StringComparer.Ordinal).ShouldBe(["1", "2", "3", "4"]);
        folder.Files("out").Select(file => Path.GetDirectoryName(file)).Distinct().Order(StringComparer.Ordinal).ShouldBe(["k=__HIVE_DEFAULT_PARTITION__", "k=a", "k=b"]);
    }

    private static async Task<bool> DiesAsync(Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (SimulatedCrashException)
        {
            return true;
        }
    }

    private static string Settings(TempFolder folder) => $$"""
        { "path": "{{folder["out"]}}", "tmp_path": "{{folder["tmp"]}}", "file_format_type": "csv", "have_partition": true, "partition_by": ["k"], "row_delimiter": "\n" }
        """;
}
