using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Arrows;

public class ArrowTests
{
    private static IEnumerable<Project> Product => Repository.ProjectsUnder("src");

    [Fact]
    public void Every_project_of_the_product_has_its_place_in_the_house() =>
        Product.Where(project => Layers.Allowed(project) is null).Select(project => project.Path)
            .ShouldBeNone("say in Arrows/Layers.cs, and in ARCHITECTURE.md, what this project may know");

    [Fact]
    public void A_project_references_only_what_lies_below_it() =>
        Product.SelectMany(project => project.References
                .Where(reference => Layers.Allowed(project) is { } allowed && !allowed.Contains(reference))
                .Select(reference => $"{project.Path} references {reference}"))
            .ShouldBeNone("arrows never turn round: move the type down, or turn the call into a contract below");

    /// <summary>References that come along with others are seen only in what the compiler made.</summary>
    [Fact]
    public void A_compiled_assembly_uses_only_what_lies_below_it() =>
        Product.SelectMany(project => Ours(CompiledAssembly.Of(project))
                .Where(used => Layers.Allowed(project) is { } allowed && !allowed.Contains(used))
                .Select(used => $"{project.AssemblyName}.dll uses {used}"))
            .ShouldBeNone("a reference that comes along with another is still an arrow: move the type down");

    [Fact]
    public void The_core_stands_on_no_package()
    {
        var core = Product.Single(project => project.Name == "Chunnel.Core");
        core.Xml.Descendants("PackageReference").Select(package => package.ToString())
            .Concat(CompiledAssembly.Of(core).Assemblies.Where(name => !name.StartsWith("System", StringComparison.Ordinal)))
            .ShouldBeNone("Chunnel.Core stands on .NET alone: put this where it is needed");
    }

    /// <summary>Heavy or foreign things live where the house says, so that a job without them never loads them.</summary>
    [Theory]
    [InlineData("Apache.Arrow", "Chunnel.Formats", "Chunnel.Formats.Parquet")]
    [InlineData("ParquetSharp", "Chunnel.Formats.Parquet")]
    [InlineData("Microsoft.AspNetCore", "Chunnel.Rest", "Chunnel.Server")]
    [InlineData("System.CommandLine", "Chunnel.Cli")]
    [InlineData("Spectre.Console", "Chunnel.Cli")]
    [InlineData("Serilog", "Chunnel.Engine", "Chunnel.Server", "Chunnel.Cli")]
    public void A_library_is_known_only_where_it_lives(string library, params string[] homes) =>
        Product.Where(project => !homes.Contains(project.Name))
            .Where(project => CompiledAssembly.Of(project).Assemblies
                .Any(name => name == library || name.StartsWith(library + ".", StringComparison.Ordinal)))
            .Select(project => $"{project.AssemblyName}.dll uses {library}")
            .ShouldBeNone($"{library} lives in {string.Join(", ", homes)}");

    /// <summary>Deciding is pure: (state, event, now) -> (state, effects).</summary>
    [Fact]
    public void The_deciding_part_has_no_clock_no_thread_and_touches_nothing()
    {
        string[] refused =
        [
            "System.IO.", "System.Net.", "System.Threading.Tasks.", "System.Threading.Thread", "System.Threading.Timer",
            "System.Threading.Channels.", "System.Threading.CancellationToken", "System.TimeProvider", "System.Diagnostics.Stopwatch",
            "System.Diagnostics.Process", "System.Random", "System.Console", "System.Environment",
        ];
        var control = Product.Single(project => project.Name == "Chunnel.Control");
        CompiledAssembly.Of(control).Types
            .Where(type => refused.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)))
            .ShouldBeNone("Chunnel.Control decides and does nothing: take the moment as an argument, hand the deed out as an effect");
    }

    [Fact]
    public void Nothing_of_the_product_knows_a_test() =>
        Product.SelectMany(project => project.References.Concat(project.Packages)
                .Where(name => name.EndsWith(".Tests", StringComparison.Ordinal) || name.StartsWith("xunit", StringComparison.Ordinal) || name is "Shouldly" or "CsCheck")
                .Where(_ => project.Name != "Chunnel.TestKit")
                .Select(name => $"{project.Path} references {name}"))
            .ShouldBeNone("only Chunnel.TestKit, which is made for tests, may know what tests are made of");

    private static IEnumerable<string> Ours(CompiledAssembly assembly) =>
        assembly.Assemblies.Where(name => name.StartsWith("Chunnel.", StringComparison.Ordinal));
}
