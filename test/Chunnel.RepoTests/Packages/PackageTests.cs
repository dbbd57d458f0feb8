using System.Text.Json;
using System.Text.RegularExpressions;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Packages;

public partial class PackageTests
{
    /// <summary>Packages that are, or have become, unfree or GPL in the versions served today; null = in every version.</summary>
    private static readonly Dictionary<string, Version?> s_unfreeFrom = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AutoMapper"] = new(15, 0),
        ["MediatR"] = new(13, 0),
        ["MassTransit"] = new(9, 0),
        ["FluentAssertions"] = new(8, 0),
        ["EPPlus"] = new(5, 0),
        ["SixLabors.ImageSharp"] = new(3, 0),
        ["JsonSchema.Net"] = new(9, 0),
        ["JsonPointer.Net"] = new(7, 0),
        ["Json.More.Net"] = new(3, 0),
        ["SonarAnalyzer.CSharp"] = null,
        ["Newtonsoft.Json.Schema"] = null,
        ["Microsoft.Testing.Extensions.CodeCoverage"] = null,
        ["Microsoft.Testing.Extensions.Retry"] = null,
        ["MySql.Data"] = null,
        ["IronCompress"] = null,
        ["Hangfire"] = null,
    };

    [Fact]
    public void A_version_is_said_in_one_place() =>
        Repository.Projects.SelectMany(project => project.Xml.Descendants("PackageReference")
                .Where(package => package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null)
                .Select(package => $"{project.Path}: {package}"))
            .ShouldBeNone("the version belongs into Directory.Packages.props");

    [Fact]
    public void A_version_is_exact_and_said_once() =>
        CentralVersions.All.Where(package => !ExactVersion().IsMatch(package.Version)).Select(package => $"{package.Package} {package.Version}")
            .Concat(CentralVersions.All.GroupBy(package => package.Package, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Count() > 1).Select(same => $"{same.Key} is listed twice"))
            .ShouldBeNone("a range or a star takes what nobody has looked at");

    [Fact]
    public void Every_listed_package_is_used_and_every_used_one_is_listed()
    {
        var used = Repository.Projects.SelectMany(project => project.Packages).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var listed = CentralVersions.All.Select(package => package.Package).ToHashSet(StringComparer.OrdinalIgnoreCase);
        listed.Where(package => !used.Contains(package)).Select(package => $"{package} is listed and not used")
            .Concat(used.Where(package => !listed.Contains(package)).Select(package => $"{package} is used and not listed"))
            .ShouldBeNone("Directory.Packages.props lists what is used, nothing else");
    }

    [Fact]
    public void Nothing_unfree_is_taken() =>
        Locked().Where(package => s_unfreeFrom.TryGetValue(package.Name, out var from) && (from is null || package.Version >= from))
            .Select(package => $"{package.Project} takes {package.Name} {package.Version}")
            .ShouldBeNone("its licence is not free: see s_unfreeFrom for the version in which it turned");

    [Fact]
    public void Every_package_is_named_in_the_notice()
    {
        var notice = Repository.Text("NOTICE");
        CentralVersions.All.Select(package => package.Package).Concat(Shipped())
            .Distinct().Where(package => !notice.Contains(package, StringComparison.Ordinal))
            .ShouldBeNone("NOTICE names each third party with its licence");
    }

    [Fact]
    public void Every_project_has_a_lock_file_that_fits_it()
    {
        var central = CentralVersions.All.ToDictionary(package => package.Package, package => package.Version, StringComparer.OrdinalIgnoreCase);
        Repository.Projects.SelectMany(project => LockFaults(project, central))
            .ShouldBeNone("build once and commit packages.lock.json with the project");
    }

    private static IEnumerable<string> LockFaults(Project project, Dictionary<string, string> central)
    {
        var path = project.Folder + "/packages.lock.json";
        if (!File.Exists(Repository.FullPath(path)))
        {
            return [$"{path} is missing"];
        }
        var locked = ReadLock(path).Where(package => package.Type == "Direct")
            .ToDictionary(package => package.Name, package => package.Resolved, StringComparer.OrdinalIgnoreCase);
        return project.Packages
            .Where(package => central.TryGetValue(package, out var version) && locked.GetValueOrDefault(package) != version)
            .Select(package => $"{path}: {package} is {locked.GetValueOrDefault(package) ?? "missing"}, Directory.Packages.props says {central[package]}")
            .Concat(locked.Keys.Where(package => !project.Packages.Contains(package, StringComparer.OrdinalIgnoreCase))
                .Select(package => $"{path}: {package} is no longer referenced"));
    }

    private static IEnumerable<string> Shipped() =>
        Repository.ProjectsUnder("src").Where(project => project.Name != "Chunnel.TestKit")
            .SelectMany(project => ReadLock(project.Folder + "/packages.lock.json"))
            .Where(package => package.Type is "Direct" or "Transitive" or "CentralTransitive")
            .Select(package => package.Name);

    private static IEnumerable<(string Project, string Name, Version Version)> Locked() =>
        from project in Repository.Projects
        let path = project.Folder + "/packages.lock.json"
        where File.Exists(Repository.FullPath(path))
        from package in ReadLock(path)
        where package.Resolved is not null
        select (project.Name, package.Name, new Version(package.Resolved!.Split('-')[0]));

    private static List<(string Name, string Type, string? Resolved)> ReadLock(string path)
    {
        using var json = JsonDocument.Parse(Repository.Text(path));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Select(package => (package.Name, package.Value.GetProperty("type").GetString()!,
                package.Value.TryGetProperty("resolved", out var resolved) ? resolved.GetString() : null))];
    }

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.]+)?$")]
    private static partial Regex ExactVersion();
}
