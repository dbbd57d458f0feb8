using Chunnel.Control;
using Chunnel.Engine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chunnel.TestKit;

/// <summary>
/// What checkpoints promise on every medium: inherit it, say how the medium is opened. Each call leads to the same store, and each test has a
/// store of its own. The numbers are those of the checklist in engine.md 16.
/// </summary>
public abstract class CheckpointStoreContract
{
    private const long Job = 733584788375666689;
    private const int MaxRetained = 3;
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One more way to the store of this test.</summary>
    protected abstract IObjectMedium Open();

    /// <summary>106.</summary>
    [Fact]
    public async Task A_complete_checkpoint_is_read_under_its_name()
    {
        await using var store = Store();
        var reference = await WriteAsync(store, pipeline: 2, id: 7);
        Assert.Empty(await store.ListAsync(Job, Stop));
        Assert.Null(await store.NewestAsync(Job, 2, Stop));
        var file = await store.CompleteAsync(reference, _noon.AddSeconds(1), Stop);
        Assert.Equal($"{_noon.AddSeconds(1).ToUnixTimeMilliseconds()}-7-2-7.ser", file.Name);
        Assert.Equal($"{Job}/{file.Name}", file.Key);

        await using var other = Store();
        Assert.Equal([file], await other.ListAsync(Job, Stop));
        Assert.Equal([Job], await other.JobsAsync(Stop));
        foreach (var read in (StoredCheckpoint[])[await other.ReadAsync(file, Stop), await other.ReadAsync(reference, Stop), (await other.NewestAsync(Job, 2, Stop))!])
        {
            Assert.Equal(Header(pipeline: 2, id: 7), read.Header);
            Assert.Equal(ContentOf(7), read.Content.ToArray());
            Assert.Empty(read.PassedOver);
        }
    }

    /// <summary>S3: the newest one, of each pipeline apart (124).</summary>
    [Fact]
    public async Task The_newest_of_each_pipeline_is_taken()
    {
        await using var store = Store();
        foreach (var (pipeline, id) in ((int, long)[])[(1, 1), (2, 1), (1, 2), (1, 10), (2, 3)]) await PublishAsync(store, pipeline, id);
        Assert.Equal(10, (await store.NewestAsync(Job, 1, Stop))!.Header.CheckpointId);
        Assert.Equal(3, (await store.NewestAsync(Job, 2, Stop))!.Header.CheckpointId);
        Assert.Null(await store.NewestAsync(Job, 3, Stop));
        Assert.Null(await store.NewestAsync(Job + 1, 1, Stop));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_changes_no_order()
    {
        await using var store = Store();
        await store.CompleteAsync(await WriteAsync(store, 1, id: 1), _noon, Stop);
        await store.CompleteAsync(await WriteAsync(store, 1, id: 2), _noon.AddDays(-1), Stop);
        Assert.Equal(2, (await store.NewestAsync(Job, 1, Stop))!.Header.CheckpointId);
        Assert.Equal([2L, 1L], (await store.ListAsync(Job, Stop)).Select(file => file.CheckpointId));
    }

    /// <summary>107, S8.</summary>
    [Fact]
    public async Task Old_ones_go_and_nothing_is_left_aside()
    {
        await using var medium = Open();
        await using var store = Store();
        for (var id = 1; id <= 10; id++)
        {
            await WriteAsync(store, 1, id, attempt: 3);
            await PublishAsync(store, 1, id);
            if (id % 2 == 0) await PublishAsync(store, 2, id);
            var files = (await store.ListAsync(Job, Stop)).Where(file => file.PipelineId == 1).ToArray();
            Assert.Equal(Enumerable.Range(0, Math.Min(id, MaxRetained)).Select(back => (long)id - back), files.Select(file => file.CheckpointId));
        }
        Assert.Equal([10L, 8L, 6L], (await store.ListAsync(Job, Stop)).Where(file => file.PipelineId == 2).Select(file => file.CheckpointId));
        Assert.Equal(6, (await medium.ListAsync("", Stop)).Count);
    }

    [Fact]
    public async Task What_was_written_aside_is_written_once()
    {
        await using var store = Store();
        var reference = await WriteAsync(store, 1, id: 1);
        Assert.Equal(reference, await WriteAsync(store, 1, id: 1));
        var taken = await Assert.ThrowsAsync<StorageException>(() => store.WriteAsync(Header(1, 1), ContentOf(99), Stop).AsTask());
        Assert.Contains(reference, taken.Message, StringComparison.Ordinal);
        Assert.Equal(ContentOf(1), (await store.ReadAsync(reference, Stop)).Content.ToArray());
        Assert.NotEqual(reference, await WriteAsync(store, 1, id: 1, attempt: 2));
    }

    /// <summary>A new master does again what may be missing.</summary>
    [Fact]
    public async Task Completing_may_be_repeated()
    {
        await using var store = Store();
        var reference = await WriteAsync(store, 1, id: 1);
        var file = await store.CompleteAsync(reference, _noon, Stop);
        Assert.Equal(file, await store.CompleteAsync(reference, _noon, Stop));
        await using var other = Store();
        Assert.Equal(file, await other.CompleteAsync(reference, _noon.AddHours(1), Stop));
        Assert.Equal([file], await other.ListAsync(Job, Stop));
    }

    [Fact]
    public async Task What_is_gone_is_said_to_be_gone()
    {
        await using var store = Store();
        var reference = await WriteAsync(store, 1, id: 1);
        await store.RemovePartsAsync(Job, Stop);
        Assert.Contains("is gone", (await Assert.ThrowsAsync<CorruptStateException>(() => store.ReadAsync(reference, Stop).AsTask())).Message, StringComparison.Ordinal);
        Assert.Contains("is gone", (await Assert.ThrowsAsync<CorruptStateException>(() => store.CompleteAsync(reference, _noon, Stop).AsTask())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => store.ReadAsync("nonsense", Stop).AsTask());
    }

    /// <summary>S9: whatever is wrong with the newest, the one before is taken, and it is said.</summary>
    [Fact]
    public async Task A_damaged_newest_one_is_passed_over_loudly()
    {
        await using var medium = Open();
        var said = new Said();
        await using var store = new CheckpointStore(Open(), MaxRetained, said);
        await PublishAsync(store, 1, id: 1);
        var newest = await PublishAsync(store, 1, id: 2);
        var whole = (await medium.GetAsync(newest.Key, Stop))!;
        foreach (var damaged in Damages(whole))
        {
            await ReplaceAsync(medium, newest.Key, damaged);
            said.Lines.Clear();
            var read = (await store.NewestAsync(Job, 1, Stop))!;
            Assert.Equal(1, read.Header.CheckpointId);
            Assert.Contains(newest.Name, Assert.Single(read.PassedOver), StringComparison.Ordinal);
            Assert.Contains(newest.Key, Assert.Single(said.Lines), StringComparison.Ordinal);
            await Assert.ThrowsAsync<CorruptStateException>(() => store.ReadAsync(newest, Stop).AsTask());
        }
        await ReplaceAsync(medium, newest.Key, whole);
        Assert.Equal(2, (await store.NewestAsync(Job, 1, Stop))!.Header.CheckpointId);
    }

    /// <summary>Starting over in silence would be worse than not starting.</summary>
    [Fact]
    public async Task When_all_are_damaged_nothing_is_taken_for_a_fresh_start()
    {
        await using var medium = Open();
        await using var store = Store();
        foreach (var id in (long[])[1, 2]) await ReplaceAsync(medium, (await PublishAsync(store, 1, id)).Key, new byte[7]);
        var fault = await Assert.ThrowsAsync<CorruptStateException>(() => store.NewestAsync(Job, 1, Stop).AsTask());
        Assert.StartsWith($"ErrorCode:[CHUNNEL-62], ErrorDescription:[Stored state is damaged] - All 2 checkpoints of pipeline 1 of job {Job} at ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_under_another_ones_name_is_noticed()
    {
        await using var medium = Open();
        await using var store = Store();
        var older = await PublishAsync(store, 1, id: 1);
        var newest = await PublishAsync(store, 1, id: 2);
        await ReplaceAsync(medium, newest.Key, (await medium.GetAsync(older.Key, Stop))!);
        Assert.Equal(1, (await store.NewestAsync(Job, 1, Stop))!.Header.CheckpointId);
        Assert.Contains("holds another checkpoint", (await Assert.ThrowsAsync<CorruptStateException>(() => store.ReadAsync(newest, Stop).AsTask())).Message, StringComparison.Ordinal);
    }

    /// <summary>108.</summary>
    [Fact]
    public async Task A_job_is_removed_with_all_it_has_and_no_other_one()
    {
        await using var medium = Open();
        await using var store = Store();
        await PublishAsync(store, 1, id: 1);
        await WriteAsync(store, 2, id: 1);
        var other = await store.CompleteAsync(await store.WriteAsync(Header(1, 1) with { JobId = Job * 10 }, ContentOf(1), Stop), _noon, Stop);
        await store.RemoveAsync(Job, Stop);
        Assert.Equal([other.Key], await medium.ListAsync("", Stop));
        await store.RemoveAsync(Job, Stop);
    }

    [Fact]
    public async Task A_savepoint_that_its_job_ran_on_after_stays_until_all_is_removed()
    {
        await using var medium = Open();
        await using var store = Store();
        var reference = await WriteAsync(store, 1, id: 1);
        var savepoint = await store.CompleteAsync(reference, _noon, Stop, isPassingSavepoint: true);
        Assert.Equal(savepoint, await store.CompleteAsync(reference, _noon, Stop, isPassingSavepoint: true));
        Assert.Equal(savepoint, CheckpointFile.Parse(savepoint.Key));
        for (var id = 2; id <= MaxRetained + 3; id++) await PublishAsync(store, 1, id);
        Assert.Equal(MaxRetained, (await store.ListAsync(Job, Stop)).Count(file => !file.IsPassingSavepoint));
        Assert.Contains(savepoint, await store.ListAsync(Job, Stop));
        await WriteAsync(store, 1, MaxRetained + 4);
        await store.RemoveAllButPassingSavepointsAsync(Job, Stop);
        Assert.Equal([savepoint.Key], await medium.ListAsync("", Stop));
        Assert.Equal(1, (await store.NewestAsync(Job, 1, Stop))!.Header.CheckpointId);
        await store.RemoveAsync(Job, Stop);
        Assert.Empty(await medium.ListAsync("", Stop));
    }

    [Fact]
    public async Task States_of_any_size_come_back_as_they_were()
    {
        await using var store = Store();
        var id = 0;
        foreach (var length in (int[])[0, 1, 65_536, 9 << 20])
        {
            var content = new byte[length];
            new Random(length).NextBytes(content);
            await store.CompleteAsync(await store.WriteAsync(Header(1, ++id), content, Stop), _noon, Stop);
            Assert.True((await store.NewestAsync(Job, 1, Stop))!.Content.Span.SequenceEqual(content), $"A state of {length} bytes came back as another.");
        }
    }

    [Fact]
    public async Task Files_of_others_are_left_alone()
    {
        await using var medium = Open();
        await using var store = Store();
        string[] foreign = [$"{Job}/readme.txt", $"{Job}/1-2-3.ser", $"{Job}/a-b-c-d.ser", $"{Job}/1-2-3-4-other.ser", $"{Job}/1-2-3-savepoint.ser", $"{Job}/parts/x/y", "readme.ser"];
        foreach (var key in foreign) await medium.PutIfAbsentAsync(key, new byte[1], Stop);
        var file = await PublishAsync(store, 1, id: 1);
        Assert.Equal([file], await store.ListAsync(Job, Stop));
        Assert.Equal(foreign.Append(file.Key).Order(StringComparer.Ordinal), await medium.ListAsync("", Stop));
    }

    private static CheckpointHeader Header(int pipeline, long id, int attempt = 1) =>
        new() { JobId = Job, PipelineId = pipeline, CheckpointId = id, Attempt = attempt, Type = CheckpointType.Savepoint, TriggeredAt = _noon };

    private static byte[] ContentOf(long id) => [.. Enumerable.Range(0, 100).Select(at => (byte)(at + id))];

    private static IEnumerable<byte[]> Damages(byte[] whole)
    {
        foreach (var length in (int[])[0, 1, 40, 60, whole.Length - 1]) yield return whole[..length];
        foreach (var at in (int[])[0, 4, 5, 8, 16, 45, 50, 60, whole.Length - 1])
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            yield return changed;
        }
        yield return [.. whole, 0];
        yield return new byte[whole.Length];
    }

    private static async Task ReplaceAsync(IObjectMedium medium, string key, byte[] value)
    {
        await medium.DeleteAsync(key, Stop);
        await medium.PutIfAbsentAsync(key, value, Stop);
    }

    private static ValueTask<string> WriteAsync(CheckpointStore store, int pipeline, long id, int attempt = 1) =>
        store.WriteAsync(Header(pipeline, id, attempt), ContentOf(id), Stop);

    private static async Task<CheckpointFile> PublishAsync(CheckpointStore store, int pipeline, long id) =>
        await store.CompleteAsync(await WriteAsync(store, pipeline, id), _noon.AddSeconds(id), Stop);

    private CheckpointStore Store() => new(Open(), MaxRetained, NullLogger.Instance);

    private sealed class Said : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
