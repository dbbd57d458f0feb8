using CsCheck;

namespace Chunnel.Connectors.Files.Tests;

public sealed class PartitionPathTests
{
    [Fact]
    [Trait("spec", "connectors.md 62")]
    public void Names_and_values_come_in_the_order_of_the_path() =>
        PartitionPath.Parse("/data/dt=2024-05-01/hr=7/part=0").ShouldBe([new("dt", "2024-05-01"), new("hr", "7")]);

    [Fact]
    public void Hives_name_for_null_is_null() => PartitionPath.Parse($"d/k={PartitionPath.NullName}/f").ShouldBe([new("k", null)]);

    [Fact]
    public void An_empty_value_stays_empty() => PartitionPath.Parse("d/k=/f").ShouldBe([new("k", "")]);

    [Fact]
    public void The_deepest_of_two_folders_counts() => PartitionPath.Parse("k=1/x=2/k=3/f").ShouldBe([new("x", "2"), new("k", "3")]);

    [Fact]
    public void Whatever_is_written_is_read_back() => Gen.String.Sample(value =>
    {
        var folder = $"k={PartitionPath.Escape(value)}";
        folder.ShouldNotContain("/");
        PartitionPath.Parse($"d/{folder}/f").ShouldBe([new("k", value)]);
    });

    [Fact]
    public void No_value_leads_out_of_the_folder()
    {
        PartitionPath.Escape("..").ShouldBe("%2E%2E");
        PartitionPath.Escape("../x").ShouldBe("..%2Fx");
    }
}
