using System.Xml.Linq;

namespace Chunnel.RepoTests.Tree;

/// <summary>One project file and what it says it needs.</summary>
internal sealed record Project
{
    /// <summary>The name of the file without its ending: <c>Chunnel.Core</c>.</summary>
    public required string Name { get; init; }

    /// <summary>From the root: <c>src/Chunnel.Core/Chunnel.Core.csproj</c>.</summary>
    public required string Path { get; init; }

    public required XDocument Xml { get; init; }

    /// <summary>The projects it names, not those that come along with them.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The packages it names itself and those that the props files of its folder give it.</summary>
    public required IReadOnlyList<string> Packages { get; init; }

    public string Folder => Path[..Path.LastIndexOf('/')];

    public string AssemblyName => Xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Name;

    /// <summary>What the compiler made of it, in the configuration that this test program was built in.</summary>
    public string AssemblyFile
    {
        get
        {
            var configuration = System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\'));
            return System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", Name, configuration, AssemblyName + ".dll");
        }
    }

    public static Project Read(string path)
    {
        var xml = XDocument.Parse(Repository.Text(path));
        return new Project
        {
            Name = System.IO.Path.GetFileNameWithoutExtension(path),
            Path = path,
            Xml = xml,
            References = [.. xml.Descendants("ProjectReference").Where(IsCompiledAgainst).Select(NameOfReference)],
            Packages = [.. PackagesIn(xml).Concat(PackagesIn(PropsAbove(path))).Distinct()],
        };
    }

    public override string ToString() => Name;

    private static bool IsCompiledAgainst(XElement reference) => (string?)reference.Attribute("ReferenceOutputAssembly") != "false";

    private static string NameOfReference(XElement reference) =>
        System.IO.Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'));

    private static IEnumerable<string> PackagesIn(XDocument? xml) =>
        xml is null ? [] : xml.Descendants("PackageReference").Select(package => (string)package.Attribute("Include")!);

    /// <summary>The nearest one above the project, as MSBuild looks for it; the root's gives no packages.</summary>
    private static XDocument? PropsAbove(string path)
    {
        for (var folder = path; folder.Contains('/', StringComparison.Ordinal);)
        {
            folder = folder[..folder.LastIndexOf('/')];
            var props = folder + "/Directory.Build.props";
            if (File.Exists(Repository.FullPath(props))) return XDocument.Parse(Repository.Text(props));
        }
        return null;
    }
}
