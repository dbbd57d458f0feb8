using System.Xml.Linq;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Packages;

/// <summary>Directory.Packages.props: every package and its exact version, once.</summary>
internal static class CentralVersions
{
    public static IReadOnlyList<(string Package, string Version)> All { get; } =
        [.. XDocument.Parse(Repository.Text("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(element => ((string)element.Attribute("Include")!, (string)element.Attribute("Version")!))];
}
