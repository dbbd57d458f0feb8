namespace Chunnel.Core.Tests;

public sealed class RowWeaverTests
{
    [Fact]
    public void Rows_are_woven_in_order_whatever_the_lengths()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var chance = new Random(seed);
            var rows = chance.Next(100);
            var columns = chance.Next(1, 8);
            byte[][] before = [.. Enumerable.Range(0, columns).Select(_ => Bytes(chance, 100))];
            var weaver = new RowWeaver(before, Bytes(chance, 3));
            TextLane[] lanes = [.. Enumerable.Range(0, columns).Select(_ => Lane(chance, rows))];
            var clever = new ByteWriter(16);
            var plain = new ByteWriter(16);
            weaver.Weave(lanes, rows, clever);
            weaver.WeavePlainly(lanes, rows, plain);
            clever.Written.SequenceEqual(plain.Written).ShouldBeTrue($"seed {seed}");
            clever.Length.ShouldBe(weaver.Measure(lanes, rows), $"seed {seed}");
        }
    }

    [Fact]
    public void A_lane_without_a_text_for_every_row_is_noticed() =>
        Should.Throw<BrokenBeliefException>(() => new RowWeaver([[]], []).Weave([Lane(new Random(1), 2)], 3, new ByteWriter()));

    private static TextLane Lane(Random chance, int rows)
    {
        var text = new ByteWriter(16);
        var ends = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            text.Append(Bytes(chance, chance.Next(10) == 0 ? 300 : 20));
            ends[row] = text.Length;
        }
        var lane = new TextLane();
        lane.Copy(text.Written, ends);
        return lane;
    }

    private static byte[] Bytes(Random chance, int most)
    {
        var bytes = new byte[chance.Next(most)];
        chance.NextBytes(bytes);
        return bytes;
    }
}
