using Chunnel.TestKit;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>One node, or one after the other (cluster.md 4.3).</summary>
public sealed class ControlLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_appended_is_read_by_the_next_one()
    {
        await using var store = new LogUnderTest();
        var (log, state) = await store.OpenAsync();
        log.Epoch.ShouldBe(1);
        await log.AppendAsync(AllRecords.Record("a"), Stop);
        await log.AppendAsync([AllRecords.Record("b"), AllRecords.Record("c", kind: 65_535)], Stop);
        state.Texts.ShouldBe(["a", "b", "c"]);
        await log.DisposeAsync();

        var (next, read) = await store.OpenAsync();
        read.Texts.ShouldBe(["a", "b", "c"]);
        read.Snapshot().Select(record => record.Kind).ShouldBe([1, 1, 65_535]);
        next.Epoch.ShouldBe(2);
        next.Opening.ShouldSatisfyAllConditions(
            opening => opening.ReadEpoch.ShouldBe(1),
            opening => opening.Records.ShouldBe(3),
            opening => opening.Segments.ShouldBe(3),
            opening => opening.LeftOut.ShouldBeEmpty());
    }

    /// <summary>A node that died took nothing with it: opening does not need a closing.</summary>
    [Fact]
    public async Task A_log_that_was_never_closed_is_read_as_well()
    {
        await using var store = new LogUnderTest();
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            var (log, state) = await store.OpenAsync();
            state.Texts.ShouldBe(Enumerable.Range(1, epoch - 1).Select(each => $"of {each}"));
            await log.AppendAsync(AllRecords.Record($"of {epoch}"), Stop);
        }
    }

    /// <summary>S4: nothing commits in a sealed epoch.</summary>
    [Fact]
    public async Task The_older_one_is_fenced_at_its_next_append()
    {
        await using var store = new LogUnderTest();
        var (older, _) = await store.OpenAsync();
        await older.AppendAsync(AllRecords.Record("kept"), Stop);
        var (newer, _) = await store.OpenAsync();

        var fenced = await Should.ThrowAsync<FencedException>(() => older.AppendAsync(AllRecords.Record("lost"), Stop).AsTask());
        fenced.Code.Id.ShouldBe("CHUNNEL-63");
        (await older.Ended.WaitAsync(Stop)).ShouldBeOfType<FencedException>();
        await Should.ThrowAsync<FencedException>(() => older.AppendAsync(AllRecords.Record("lost, too"), Stop).AsTask());
        await Should.ThrowAsync<FencedException>(() => older.RollAsync(Stop).AsTask());

        await newer.AppendAsync(AllRecords.Record("new"), Stop);
        (await store.ReadAsync()).ShouldBe(["kept", "new"]);
    }

    [Fact]
    public async Task A_closed_log_takes_nothing_and_keeps_what_was_brought()
    {
        await using var store = new LogUnderTest();
        var (log, _) = await store.OpenAsync();
        var appends = Enumerable.Range(0, 100).Select(number => log.AppendAsync(AllRecords.Record($"{number}"), Stop).AsTask()).ToArray();
        await log.DisposeAsync();
        await Task.WhenAll(appends);
        (await Should.ThrowAsync<LogClosedException>(() => log.AppendAsync(AllRecords.Record("late"), Stop).AsTask())).Code.Id.ShouldBe("CHUNNEL-64");
        (await store.ReadAsync()).ShouldBe(Enumerable.Range(0, 100).Select(number => $"{number}"));
    }

    [Fact]
    public async Task What_arrives_during_a_commit_joins_the_next_one()
    {
        var medium = new HeldMedium();
        await using var store = new LogUnderTest(medium);
        var (log, state) = await store.OpenAsync();
        medium.Hold();
        var first = log.AppendAsync(AllRecords.Record("first"), Stop).AsTask();
        await medium.Arrived.WaitAsync(Stop);
        var others = Enumerable.Range(0, 50).Select(number => log.AppendAsync(AllRecords.Record($"{number}"), Stop).AsTask()).ToArray();
        others.ShouldAllBe(other => !other.IsCompleted);
        medium.LetGo();
        await Task.WhenAll([first, .. others]);
        (await medium.ListAsync(LogKeys.Segments(1), Stop)).Count.ShouldBe(3, "a snapshot, the first append, the fifty others together");
        state.Texts.ShouldBe(["first", .. Enumerable.Range(0, 50).Select(number => $"{number}")]);
    }

    [Fact]
    public async Task A_commit_has_a_size()
    {
        var medium = new HeldMedium();
        await using var store = new LogUnderTest(medium) { Settings = new() { CommitBytes = 1_000 } };
        var (log, _) = await store.OpenAsync();
        medium.Hold();
        var first = log.AppendAsync(AllRecords.Record("first"), Stop).AsTask();
        await medium.Arrived.WaitAsync(Stop);
        var others = Enumerable.Range(0, 10).Select(number => log.AppendAsync(AllRecords.Record(new string('x', 400)), Stop).AsTask()).ToArray();
        medium.LetGo();
        await Task.WhenAll([first, .. others]);
        (await medium.ListAsync(LogKeys.Segments(1), Stop)).Count.ShouldBe(6, "three records of 400 bytes each time, and one left");
    }

    [Fact]
    public async Task A_linger_lets_a_busy_log_wait_for_company_and_a_quiet_one_not()
    {
        await using var store = new LogUnderTest() { Settings = new() { Linger = TimeSpan.FromMinutes(10) } };
        var (log, state) = await store.OpenAsync();
        await log.AppendAsync(AllRecords.Record("at once"), Stop);
        var second = log.AppendAsync(AllRecords.Record("waits"), Stop).AsTask();
        await Task.Yield();
        second.IsCompleted.ShouldBeFalse();
        state.Texts.ShouldBe(["at once"]);
    }

    [Fact]
    public async Task Rolling_begins_an_epoch_and_cleans_up_behind()
    {
        await using var store = new LogUnderTest() { Settings = new() { RollCommits = 10 } };
        var (log, _) = await store.OpenAsync();
        for (var number = 0; number < 95; number++) await log.AppendAsync(AllRecords.Record($"{number}"), Stop);
        log.Epoch.ShouldBe(10);
        await log.RollAsync(Stop);
        log.Epoch.ShouldBe(11);
        await log.DisposeAsync();

        (await store.ReadAsync()).ShouldBe(Enumerable.Range(0, 95).Select(number => $"{number}"));
        (await store.Medium.ListAsync(LogKeys.Opens, Stop)).Count.ShouldBe(12, "an open stays for ever");
        for (var epoch = 1; epoch < 12; epoch++)
        {
            (await store.Medium.ListAsync(LogKeys.Segments(epoch), Stop)).Count.ShouldBeLessThanOrEqualTo(2, $"of epoch {epoch} the seal stays, and the segment before it");
        }
    }

    [Fact]
    public async Task A_log_rolls_by_itself_after_so_many_bytes()
    {
        await using var store = new LogUnderTest() { Settings = new() { RollBytes = 10_000 } };
        var (log, _) = await store.OpenAsync();
        for (var number = 0; number < 20; number++) await log.AppendAsync(AllRecords.Record(new string('x', 1_000)), Stop);
        // whoever appended is told before the log rolls, and the next one goes into the new epoch
        await log.AppendAsync(AllRecords.Record("one more"), Stop);
        log.Epoch.ShouldBe(3);
        (await store.ReadAsync()).Count.ShouldBe(21);
    }

    [Fact]
    public async Task Too_much_at_once_and_odd_kinds_are_refused()
    {
        await using var store = new LogUnderTest() { Settings = new() { MostBytes = 1_000 } };
        var (log, state) = await store.OpenAsync();
        await Should.ThrowAsync<ArgumentException>(() => log.AppendAsync(AllRecords.Record(new string('x', 1_000)), Stop).AsTask());
        await Should.ThrowAsync<ArgumentException>(() => log.AppendAsync(new LogRecord(-1, default), Stop).AsTask());
        await Should.ThrowAsync<ArgumentException>(() => log.AppendAsync(new LogRecord(65_536, default), Stop).AsTask());
        await log.AppendAsync(new LogRecord(0, default), Stop);
        state.Texts.ShouldBe([""]);
    }

    /// <summary>Rows flow and appends wait while storage is away; nothing is given up, and it is said once.</summary>
    [Fact]
    public async Task Storage_that_goes_away_is_waited_for()
    {
        var medium = new HeldMedium();
        await using var store = new LogUnderTest(medium) { Settings = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(2) } };
        var (log, state) = await store.OpenAsync();
        medium.Break("the cable is out");
        var append = log.AppendAsync(AllRecords.Record("kept"), Stop).AsTask();
        await medium.Refused(20).WaitAsync(Stop);
        log.Trouble!.Reason.ShouldContain("the cable is out");
        append.IsCompleted.ShouldBeFalse();
        medium.Mend();
        await append;
        log.Trouble.ShouldBeNull();
        state.Texts.ShouldBe(["kept"]);
        store.Said.Lines.Count.ShouldBe(2);
        store.Said.Lines[0].ShouldStartWith("Error: Control log memory does not answer; appends wait, and it is tried again: ErrorCode:[CHUNNEL-60]");
        store.Said.Lines[1].ShouldStartWith("Warning: Control log memory answers again after ");
    }

    [Fact]
    public async Task Closing_does_not_wait_for_ever_for_storage_that_is_away()
    {
        var medium = new HeldMedium();
        await using var store = new LogUnderTest(medium) { Settings = new() { ClosePatience = TimeSpan.FromMilliseconds(50), FirstPause = TimeSpan.FromMilliseconds(1) } };
        var (log, _) = await store.OpenAsync();
        medium.Break("the cable is out");
        var append = log.AppendAsync(AllRecords.Record("who knows"), Stop).AsTask();
        await medium.Refused(1).WaitAsync(Stop);
        var queued = log.AppendAsync(AllRecords.Record("certainly not"), Stop).AsTask();
        await log.DisposeAsync();
        (await Should.ThrowAsync<OutcomeUnknownException>(() => append)).Message.ShouldContain("the cable is out");
        await Should.ThrowAsync<LogClosedException>(() => queued);
        medium.Mend();
    }

    [Fact]
    public async Task Opening_gives_up_after_a_while_and_says_why()
    {
        var medium = new HeldMedium();
        await using var store = new LogUnderTest(medium) { Settings = new() { OpenPatience = TimeSpan.FromMilliseconds(50) } };
        medium.Break("the cable is out");
        var fault = await Should.ThrowAsync<StorageException>(() => store.OpenAsync());
        fault.Message.ShouldBe(
            "ErrorCode:[CHUNNEL-60], ErrorDescription:[Storage out of reach] - The control log at memory could not be opened in 0 s. "
            + "ErrorCode:[CHUNNEL-60], ErrorDescription:[Storage out of reach] - the cable is out. Look whether its place can be reached and written.");
        medium.Mend();
    }

    [Fact]
    public async Task A_state_that_cannot_take_a_record_ends_the_log()
    {
        await using var medium = new MemoryMedium();
        await using var log = await ControlLog.OpenAsync(medium, new Picky(), new(), TimeProvider.System, new SaidLines(), Stop);
        await log.AppendAsync(AllRecords.Record("fine"), Stop);
        var fault = await Should.ThrowAsync<Chunnel.Core.ChunnelException>(() => log.AppendAsync(AllRecords.Record("bad"), Stop).AsTask());
        fault.Code.Id.ShouldBe("CHUNNEL-99");
        (await log.Ended.WaitAsync(Stop)).ShouldBe(fault);
    }

    private sealed class Picky : ILogState
    {
        public void Clear()
        {
        }

        public void Apply(LogRecord record)
        {
            if (record.Bytes.Span.SequenceEqual("bad"u8)) throw new InvalidOperationException("I cannot take this.");
        }

        public IReadOnlyList<LogRecord> Snapshot() => [];
    }
}
