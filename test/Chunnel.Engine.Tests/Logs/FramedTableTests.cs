namespace Chunnel.Engine.Tests;

public sealed class FramedTableTests
{
    /// <summary>As the real program prints it (spec engine.md 14.5, 14.6).</summary>
    [Fact]
    public void Names_stand_left_and_values_right_within_the_frame() =>
        FramedTable.Of("Job Statistic Information", ("Start Time", "2024-01-01 00:00:00"), ("Total Read Count", "32")).ShouldBe("""

            ***********************************************
                       Job Statistic Information
            ***********************************************
            Start Time                : 2024-01-01 00:00:00
            Total Read Count          :                  32
            ***********************************************

            """.ReplaceLineEndings("\n"));
}
