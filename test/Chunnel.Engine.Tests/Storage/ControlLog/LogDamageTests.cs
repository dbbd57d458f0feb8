using Chunnel.TestKit;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>S9: what is damaged is noticed, and said with its place.</summary>
public sealed class LogDamageTests : IAsyncDisposable
{
    private readonly MemoryMedium _medium = new();
    private readonly SaidLines _said = new();

    public ValueTask DisposeAsync() => _medium.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A write that did not come to its end was never acknowledged: whatever is left of it, the log opens without it.</summary>
    [Fact]
    public async Task A_torn_write_at_the_end_is_left_out_loudly()
    {
        await FillAsync("a", "b");
        var whole = Data(epoch: 1, slot: 4, "torn");
        for (var length = 0; length < whole.Length; length++)
        {
            await using var medium = await CopyAsync();
            await medium.PutIfAbsentAsync(LogKeys.Segment(1, 4), whole.AsMemory(0, length), Stop);
            var (state, opening) = await OpenAsync(medium);
            state.Texts.ShouldBe(["a", "b"]);
            opening.LeftOut.ShouldHaveSingleItem().ShouldStartWith("'seg/000000000001/000000000004' ends after ");
            var (again, none) = await OpenAsync(medium);
            again.Texts.ShouldBe(["a", "b"]);
            none.LeftOut.ShouldBeEmpty("the epoch that followed does not have it any more");
        }
        _said.Lines.Count.ShouldBe(whole.Length);
        _said.Lines[^1].ShouldBe(
            $"Error: 'seg/000000000001/000000000004' of the control log memory ends after {whole.Length - 1} of {whole.Length} bytes. "
            + "It is the last write before a seal, nobody was told that it is kept, and it is left out.");
    }

    /// <summary>A claimant that died while it wrote the snapshot has changed nothing.</summary>
    [Fact]
    public async Task A_torn_snapshot_counts_as_none()
    {
        await FillAsync("a", "b");
        var snapshot = new LogSegment(SegmentKind.Snapshot, Guid.NewGuid(), 2, 1, [AllRecords.Record("a"), AllRecords.Record("b")]).ToBytes();
        for (var length = 0; length < snapshot.Length; length++)
        {
            await using var medium = await CopyAsync();
            await medium.PutIfAbsentAsync(LogKeys.Open(2), new LogSegment(SegmentKind.Open, Guid.NewGuid(), 2, 0, []).ToBytes(), Stop);
            await medium.PutIfAbsentAsync(LogKeys.Segment(1, 4), new LogSegment(SegmentKind.Seal, Guid.NewGuid(), 1, 4, []).ToBytes(), Stop);
            await medium.PutIfAbsentAsync(LogKeys.Segment(2, 1), snapshot.AsMemory(0, length), Stop);
            var (state, opening) = await OpenAsync(medium);
            state.Texts.ShouldBe(["a", "b"]);
            opening.ShouldSatisfyAllConditions(found => found.Epoch.ShouldBe(3), found => found.ReadEpoch.ShouldBe(1), found => found.LeftOut.Count.ShouldBe(1));
        }
    }

    /// <summary>Whatever single byte of the log changes, nothing is taken for right that is wrong.</summary>
    [Fact]
    public async Task A_changed_byte_is_never_taken_for_right()
    {
        await FillAsync("a", "b");
        for (var slot = 1; slot <= 3; slot++)
        {
            var whole = (await _medium.GetAsync(LogKeys.Segment(1, slot), Stop))!;
            for (var at = 0; at < whole.Length; at++)
            {
                await using var medium = await CopyAsync(but: LogKeys.Segment(1, slot));
                var changed = (byte[])whole.Clone();
                changed[at] ^= 0x10;
                await medium.PutIfAbsentAsync(LogKeys.Segment(1, slot), changed, Stop);
                var fault = await Should.ThrowAsync<CorruptStateException>(() => OpenAsync(medium));
                fault.Message.ShouldContain($"'seg/000000000001/00000000000{slot}' of the control log at memory ");
                fault.Mend.ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public async Task A_torn_segment_in_the_middle_is_refused()
    {
        await FillAsync("a", "b", "c");
        await ReplaceAsync(slot: 2, bytes => bytes.AsMemory(0, bytes.Length - 1));
        await MustRefuseAsync("ends after ");
    }

    [Fact]
    public async Task A_missing_segment_is_refused_when_nobody_can_have_cleaned_it_away()
    {
        await FillAsync("a", "b", "c");
        await _medium.DeleteAsync(LogKeys.Segment(1, 2), Stop);
        await MustRefuseAsync("is missing");
    }

    [Fact]
    public async Task A_segment_in_another_ones_place_is_refused()
    {
        await FillAsync("a", "b", "c");
        var other = await _medium.GetAsync(LogKeys.Segment(1, 3), Stop);
        await ReplaceAsync(slot: 2, _ => other);
        await MustRefuseAsync("belongs to another place of the log");
    }

    [Fact]
    public async Task A_snapshot_in_the_middle_is_refused()
    {
        await FillAsync("a", "b", "c");
        await ReplaceAsync(slot: 2, _ => new LogSegment(SegmentKind.Snapshot, Guid.NewGuid(), 1, 2, []).ToBytes());
        await MustRefuseAsync("is a Snapshot where none can be");
    }

    [Fact]
    public async Task A_log_of_another_format_says_so()
    {
        await FillAsync("a");
        await ReplaceAsync(slot: 2, bytes =>
        {
            bytes[4] = 2;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(52), System.IO.Hashing.Crc32.HashToUInt32(bytes.AsSpan(0, 52)));
            return bytes;
        });
        await MustRefuseAsync("was written by another Chunnel, in format 2; this one reads format 1");
    }

    [Theory]
    [InlineData("open/first")]
    [InlineData("open/-1")]
    public async Task A_key_of_somebody_else_is_refused(string key)
    {
        await _medium.PutIfAbsentAsync(key, new byte[1], Stop);
        (await Should.ThrowAsync<CorruptStateException>(() => OpenAsync(_medium))).Message.ShouldContain($"'{key}' is no key of a control log");
    }

    /// <summary>A master that finds its log damaged says so and stops; it does not go on over it.</summary>
    [Fact]
    public async Task A_segment_that_is_not_mine_and_not_whole_ends_the_log()
    {
        var state = new AllRecords();
        await using var log = await ControlLog.OpenAsync(_medium, state, new(), TimeProvider.System, _said, Stop);
        await _medium.PutIfAbsentAsync(LogKeys.Segment(1, 2), new byte[10], Stop);
        await Should.ThrowAsync<FencedException>(() => log.AppendAsync(AllRecords.Record("a"), Stop).AsTask());
        state.Texts.ShouldBeEmpty();
    }

    private static byte[] Data(long epoch, long slot, string text) => new LogSegment(SegmentKind.Data, Guid.NewGuid(), epoch, slot, [AllRecords.Record(text)]).ToBytes();

    private async Task FillAsync(params string[] texts)
    {
        await using var log = await ControlLog.OpenAsync(_medium, new AllRecords(), new(), TimeProvider.System, _said, Stop);
        foreach (var text in texts) await log.AppendAsync(AllRecords.Record(text), Stop);
    }

    private async Task<(AllRecords State, LogOpening Opening)> OpenAsync(ILogMedium medium)
    {
        var state = new AllRecords();
        await using var log = await ControlLog.OpenAsync(medium, state, new(), TimeProvider.System, _said, Stop);
        return (state, log.Opening);
    }

    private async Task<MemoryMedium> CopyAsync(string? but = null)
    {
        var copy = new MemoryMedium();
        foreach (var key in await _medium.ListAsync("", Stop))
        {
            if (key != but) await copy.PutIfAbsentAsync(key, await _medium.GetAsync(key, Stop), Stop);
        }
        return copy;
    }

    private async Task ReplaceAsync(long slot, Func<byte[], ReadOnlyMemory<byte>> change)
    {
        var key = LogKeys.Segment(1, slot);
        var bytes = (await _medium.GetAsync(key, Stop))!;
        await _medium.DeleteAsync(key, Stop);
        await _medium.PutIfAbsentAsync(key, change(bytes), Stop);
    }

    private async Task MustRefuseAsync(string why)
    {
        var fault = await Should.ThrowAsync<CorruptStateException>(() => OpenAsync(_medium));
        fault.Message.ShouldStartWith("ErrorCode:[CHUNNEL-62], ErrorDescription:[Stored state is damaged] - 'seg/000000000001/000000000002' of the control log at memory " + why);
        // It is as loud the second time: nothing was mended in silence.
        await Should.ThrowAsync<CorruptStateException>(() => OpenAsync(_medium));
    }
}
