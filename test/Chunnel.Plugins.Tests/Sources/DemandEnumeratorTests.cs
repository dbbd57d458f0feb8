namespace Chunnel.Plugins.Tests.Sources;

public sealed class DemandEnumeratorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 100)]
    [InlineData(10, 3)]
    [Trait("spec", "connectors.md 79")]
    public async Task Every_split_is_given_once_and_every_reader_hears_the_end(int readers, int splits)
    {
        var context = new Readers(readers);
        await using var enumerator = Enumerator(context, splits);
        for (var i = 0; i < readers; i++) await enumerator.AddReaderAsync(i, Stop);
        await enumerator.RunAsync(Stop);
        while (context.Ended.Count < readers)
        {
            for (var i = 0; i < readers; i++) await enumerator.HandleSplitRequestAsync(i, Stop);
        }
        context.Given.Select(split => split.Id).Order().ShouldBe(Pieces(splits).Select(piece => piece.Id).Order());
    }

    [Fact]
    public async Task Few_large_splits_go_to_different_readers()
    {
        var context = new Readers(2);
        await using var enumerator = Enumerator(context, 2);
        await enumerator.AddReaderAsync(0, Stop);
        await enumerator.AddReaderAsync(1, Stop);
        await enumerator.RunAsync(Stop);
        context.To.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task A_snapshot_holds_what_was_not_given_and_is_not_planned_again()
    {
        var context = new Readers(4);
        await using var enumerator = Enumerator(context, 40);
        for (var i = 0; i < 4; i++) await enumerator.AddReaderAsync(i, Stop);
        await enumerator.RunAsync(Stop);
        var given = context.Given.Count;
        given.ShouldBeLessThan(40);

        var later = new Readers(1);
        await using var restored = new DemandEnumerator<Piece>(later, (_, _) => throw new InvalidOperationException("planned twice"), Piece.ToBytes, Piece.From(enumerator.Snapshot(1)));
        await restored.AddSplitsBackAsync([context.Given[0]], 0, Stop);
        await restored.AddReaderAsync(0, Stop);
        await restored.RunAsync(Stop);
        later.Given.Count.ShouldBe(40 - given + 1);
        later.Given[0].ShouldBe(context.Given[0]);
    }

    [Fact]
    public async Task A_snapshot_before_the_plan_plans_anew()
    {
        await using var early = Enumerator(new Readers(1), 3);
        var context = new Readers(1);
        await using var restored = Enumerator(context, 3, early.Snapshot(1));
        await restored.AddReaderAsync(0, Stop);
        await restored.RunAsync(Stop);
        context.Given.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Neighbours_may_be_given_as_one()
    {
        var context = new Readers(1);
        await using var enumerator = new DemandEnumerator<Piece>(context, (_, _) => new([.. Pieces(5)]), Piece.ToBytes, left: null)
        {
            Together = neighbours => [new Piece(neighbours.Sum(each => each.Number))],
        };
        await enumerator.AddReaderAsync(0, Stop);
        await enumerator.RunAsync(Stop);
        context.Given.ShouldBe([new Piece(10)]);
        context.Ended.ShouldContain(0);
        enumerator.Left.ShouldBe(SplitAmount.Nothing);
    }

    private static IEnumerable<Piece> Pieces(int count) => Enumerable.Range(0, count).Select(number => new Piece(number));

    private static DemandEnumerator<Piece> Enumerator(IEnumeratorContext context, int splits, byte[]? state = null) => new(context, (_, _) => new([.. Pieces(splits)]), Piece.ToBytes, Piece.From(state));

    private sealed record Piece(int Number) : SourceSplit($"piece {Number}")
    {
        public static byte[] ToBytes(IEnumerable<Piece> pieces) => [0, .. pieces.Select(piece => (byte)piece.Number)];

        public static IReadOnlyList<Piece>? From(byte[]? bytes) => bytes is null or [] ? null : [.. bytes.Skip(1).Select(number => new Piece(number))];
    }

    private sealed class Readers(int parallelism) : IEnumeratorContext
    {
        public int Parallelism => parallelism;

        public List<SourceSplit> Given { get; } = [];

        public List<int> To { get; } = [];

        public HashSet<int> Ended { get; } = [];

        public void Assign(int subtask, IReadOnlyList<SourceSplit> splits)
        {
            Ended.ShouldNotContain(subtask);
            Given.AddRange(splits);
            To.AddRange(splits.Select(_ => subtask));
        }

        public void NoMoreSplits(int subtask) => Ended.Add(subtask);
    }
}
