using System.Reflection;
using System.Runtime.Loader;
using Chunnel.Plugins;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Reference;

/// <summary>Every plug-in of the product, found in what the compiler made: a new one cannot hide.</summary>
internal static class BuiltPlugins
{
    public static IReadOnlyList<PluginDefinition> All { get; } = Load();

    /// <summary>The page about the functions of the Sql transform.</summary>
    public static string SqlFunctionPage => (string)Assembly.Load(new AssemblyName("Chunnel.Transforms"))
        .GetType("Chunnel.Transforms.Sql.Functions.SqlFunctionPage", throwOnError: true)!.GetProperty("Text")!.GetValue(null)!;

    private static List<PluginDefinition> Load()
    {
        // The libraries that plug-ins stand on lie beside the program, which has all of them.
        var libraries = Path.GetDirectoryName(Repository.Projects.Single(project => project.Name == "Chunnel.Cli").AssemblyFile)!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(libraries, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(Path.GetFullPath(file)) : null;
        return [.. Repository.ProjectsUnder("src")
            .Where(project => project.Name == "Chunnel.Transforms" || project.Name.StartsWith("Chunnel.Transforms.", StringComparison.Ordinal) || project.Name.StartsWith("Chunnel.Connectors.", StringComparison.Ordinal))
            .Select(project => Assembly.Load(new AssemblyName(project.AssemblyName)))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(PluginDefinition)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => (PluginDefinition)Activator.CreateInstance(type)!)
            .OrderBy(plugin => plugin.Name, StringComparer.Ordinal).ThenBy(plugin => plugin.Kind)];
    }
}
