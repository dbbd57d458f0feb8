namespace Chunnel.Core.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("tabel", "table")]
    [InlineData("file_format", "file_format_type")]
    [InlineData("job-mode", "job.mode")]
    [InlineData("Parallelism", "parallelism")]
    public void A_slip_finds_the_word_that_was_meant(string written, string meant) =>
        Nearest.To(written, ["table", "tables_configs", "file_format_type", "job.mode", "parallelism", "path"]).ShouldBe(meant);

    /// <summary>Two slips make another word; one slip is still nearer than a word cut off.</summary>
    [Theory]
    [InlineData("file_format", "file_format_type")]
    [InlineData("tim_format", "time_format")]
    [InlineData("path_nam", "path_name")]
    public void A_word_cut_off_is_nearer_than_two_slips(string written, string meant) =>
        Nearest.To(written, ["time_format", "path", "file_format_type", "path_name"]).ShouldBe(meant);

    [Theory]
    [InlineData("zzz")]
    [InlineData("")]
    [InlineData("completely_different")]
    public void A_word_far_from_all_finds_none(string written) => Nearest.To(written, ["table", "path"]).ShouldBeNull();

    [Theory]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Slips_are_counted_as_typed(string from, string to, int slips) => Nearest.Slips(from, to).ShouldBe(slips);
}
