namespace Chunnel.Connectors.Files.Tests;

public sealed class PartitionFoldersTests
{
    [Theory]
    [InlineData("", "a=1/b=x")]
    [InlineData("${k0}=${v0}/${k1}=${v1}/.../${kn}=${vn}/", "a=1/b=x")]
    [InlineData("${v0}/${k1}_${v1}/", "1/b_x")]
    [InlineData("fixed/${v7}", "fixed/${v7}")]
    [Trait("spec", "connectors.md 85")]
    public void The_expression_names_the_folder(string expression, string folder) =>
        new PartitionFolders(["a", "b"], expression).NameOf(["1", "x"]).ShouldBe(folder);

    [Fact]
    public void A_value_that_looks_like_a_variable_stays_as_it_is() => new PartitionFolders(["a", "b"], "").NameOf(["${v1}", "y"]).ShouldBe("a=${v1}/b=y");

    [Fact]
    public void Null_has_Hives_name() => new PartitionFolders(["a"], "").NameOf([null]).ShouldBe("a=__HIVE_DEFAULT_PARTITION__");
}
