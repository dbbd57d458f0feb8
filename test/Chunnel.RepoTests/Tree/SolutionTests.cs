using System.Xml.Linq;

namespace Chunnel.RepoTests.Tree;

public class SolutionTests
{
    /// <summary>Projects without a test project of their own, each with the one that tests it.</summary>
    private static readonly Dictionary<string, string> s_testedElsewhere = new()
    {
        ["Chunnel.Server"] = "Chunnel.Cli.Tests and Chunnel.Rest.Tests start it as a process",
        ["Chunnel.TestKit"] = "its suites are run by every project that inherits them",
    };

    [Fact]
    public void Every_project_is_in_the_solution_and_the_solution_names_no_other()
    {
        var named = XDocument.Parse(Repository.Text("Chunnel.slnx")).Descendants("Project").Select(project => (string)project.Attribute("Path")!).ToHashSet();
        var there = Repository.Projects.Select(project => project.Path).ToHashSet();
        there.Except(named).Select(path => $"{path} is not in Chunnel.slnx")
            .Concat(named.Except(there).Select(path => $"Chunnel.slnx names {path}, which is not there"))
            .ShouldBeNone("Chunnel.slnx lists every project");
    }

    [Fact]
    public void A_project_is_called_as_its_folder() =>
        Repository.Projects.Where(project => Path.GetFileName(project.Folder) != project.Name).Select(project => project.Path)
            .ShouldBeNone("the folder and the project carry one name");

    [Fact]
    public void A_connector_family_lies_with_the_connectors_and_nothing_else_does() =>
        Repository.ProjectsUnder("src")
            .Where(project => project.Path.StartsWith("src/Connectors/", StringComparison.Ordinal)
                != project.Name.StartsWith("Chunnel.Connectors.", StringComparison.Ordinal))
            .Select(project => project.Path)
            .ShouldBeNone("src/Connectors/Chunnel.Connectors.<Family>");

    [Fact]
    public void The_tests_mirror_the_product()
    {
        var product = Repository.ProjectsUnder("src").Concat(Repository.ProjectsUnder("eng")).Select(project => project.Name).ToList();
        var tests = Repository.ProjectsUnder("test").Select(project => project.Name).ToHashSet();
        product.Where(name => !tests.Contains(name + ".Tests") && !s_testedElsewhere.ContainsKey(name)).Select(name => $"{name} has no test/{name}.Tests")
            .Concat(tests.Where(name => name.EndsWith(".Tests", StringComparison.Ordinal) && !product.Contains(name[..^".Tests".Length]))
                .Select(name => $"{name} tests nothing that is there"))
            .Concat(s_testedElsewhere.Keys.Where(name => !product.Contains(name) || tests.Contains(name + ".Tests"))
                .Select(name => $"{name} is excused in SolutionTests and need not be"))
            .ShouldBeNone("test/ mirrors src/ and eng/ name for name");
    }

    [Fact]
    public void No_project_switches_off_what_holds_for_all()
    {
        string[] held = ["TargetFramework", "Nullable", "TreatWarningsAsErrors", "WarningsAsErrors", "WarningsNotAsErrors", "AnalysisLevel", "LangVersion", "ManagePackageVersionsCentrally"];
        Repository.Projects.SelectMany(project => held.Where(property => project.Xml.Descendants(property).Any()).Select(property => $"{project.Path}: {property}"))
            .ShouldBeNone("it is said once, in Directory.Build.props");
    }
}
