using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Chunnel.RepoTests.Tree;

namespace Chunnel.RepoTests.Arrows;

/// <summary>What a compiled assembly really uses, read from its metadata without loading it.</summary>
internal sealed class CompiledAssembly
{
    /// <summary>Simple names of the assemblies it refers to.</summary>
    public required IReadOnlySet<string> Assemblies { get; init; }

    /// <summary>Full names of the types it uses from elsewhere.</summary>
    public required IReadOnlySet<string> Types { get; init; }

    public static CompiledAssembly Of(Project project)
    {
        using var stream = File.OpenRead(project.AssemblyFile);
        using var portable = new PEReader(stream);
        var metadata = portable.GetMetadataReader();
        return new CompiledAssembly
        {
            Assemblies = metadata.AssemblyReferences
                .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToHashSet(),
            Types = metadata.TypeReferences.Select(handle => NameOf(metadata, handle)).ToHashSet(),
        };
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        // A nested type has no namespace of its own: its parent says where it lives.
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope) + "+" + name
            : metadata.GetString(type.Namespace) + "." + name;
    }
}
