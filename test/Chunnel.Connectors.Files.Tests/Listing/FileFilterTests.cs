namespace Chunnel.Connectors.Files.Tests;

public sealed class FileFilterTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("data/a.csv", true)]
    [InlineData("data/deep/er/b.csv", true)]
    [InlineData("data/_SUCCESS", false)]
    [InlineData("data/.hidden.csv", false)]
    [InlineData("data/.staging/c.csv", false)]
    [InlineData("data/_kept.csv", true)]
    [Trait("spec", "connectors.md 59")]
    public void Marks_and_dot_names_are_not_read(string path, bool taken) =>
        new FileFilter().Takes("data", new StoredFile(path, 1, Noon)).ShouldBe(taken);

    [Fact]
    public void A_root_with_a_dot_folder_above_it_is_read() =>
        new FileFilter().Takes("/home/.me/data", new StoredFile("/home/.me/data/a.csv", 1, Noon)).ShouldBeTrue();

    [Fact]
    [Trait("spec", "connectors.md 60")]
    public void Files_without_bytes_are_not_read() => new FileFilter().Takes("data", new StoredFile("data/a.csv", 0, Noon)).ShouldBeFalse();

    [Theory]
    [InlineData("a.*", "data/abc.csv", true)]
    [InlineData("a", "data/abc.csv", false)]
    [InlineData(".*\\.csv", "data/deep/abc.csv", true)]
    [InlineData("abc|x", "data/abcd", false)]
    [InlineData("data/deep/.*", "data/deep/abc.csv", true)]
    [InlineData("data/deep/.*", "data/abc.csv", false)]
    [Trait("spec", "connectors.md 61")]
    public void A_pattern_matches_the_whole_name_or_the_whole_path(string pattern, string path, bool taken) =>
        new FileFilter(pattern).Takes("data", new StoredFile(path, 1, Noon)).ShouldBe(taken);

    [Fact]
    public void A_pattern_matches_the_absolute_path_of_a_relative_one()
    {
        var folder = FilePaths.Clean(Path.GetFullPath("data"));
        new FileFilter($"{folder}/a.*").Takes("data", new StoredFile("data/abc", 1, Noon)).ShouldBeTrue();
    }

    [Fact]
    public void A_broken_pattern_is_named() => FileFilter.WrongWith("a(").ShouldNotBeNull().ShouldContain("'a('");

    [Theory]
    [InlineData("dt=1/hr=2", "data/dt=1/hr=2/f", true)]
    [InlineData("dt=1", "data/dt=1/hr=2/f", true)]
    [InlineData("dt=1", "data/dt=11/f", false)]
    [InlineData("hr=2", "data/dt=1/hr=2/f", true)]
    [InlineData("dt=1", "data/dt=2/dt=1", false)]
    public void Only_listed_partitions_are_read(string partition, string path, bool taken) =>
        new FileFilter { Partitions = [partition] }.Takes("data", new StoredFile(path, 1, Noon)).ShouldBe(taken);

    [Fact]
    public void Only_files_of_the_extension_are_read()
    {
        var filter = new FileFilter { Extension = "log" };
        filter.Takes("data", new StoredFile("data/a.log", 1, Noon)).ShouldBeTrue();
        filter.Takes("data", new StoredFile("data/alog", 1, Noon)).ShouldBeFalse();
    }

    [Fact]
    public void The_window_of_changes_has_its_start_and_not_its_end()
    {
        FileFilter.TryReadTime("2024-05-01 12:00:00", TimeZoneInfo.Utc, out var noon).ShouldBeTrue();
        new FileFilter { ModifiedFrom = noon }.Takes("data", new StoredFile("data/a", 1, Noon)).ShouldBeTrue();
        new FileFilter { ModifiedBefore = noon }.Takes("data", new StoredFile("data/a", 1, Noon)).ShouldBeFalse();
    }
}
