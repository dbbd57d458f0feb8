using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Chunnel.Ahead;

/// <summary>
/// A profile as crossgen2 reads it (<c>--mibc</c>): an assembly whose global method <c>AssemblyDictionary</c> names groups of methods, each
/// by the assemblies that it needs; a group is a global method that has an <c>ldtoken</c> for each. Source: dotnet/runtime,
/// <c>src/coreclr/tools/Common/Pgo/MIbcProfileParser.cs</c>.
/// </summary>
internal sealed class ProfileImage
{
    private readonly MetadataBuilder _metadata = new();
    private readonly MethodBodyStreamEncoder _bodies = new(new BlobBuilder());
    private readonly InstructionEncoder _dictionary = new(new BlobBuilder());
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, EntityHandle> _types = [];
    private readonly BlobHandle _noArguments;
    private int _groups;

    public ProfileImage()
    {
        _metadata.AddModule(0, _metadata.GetOrAddString("profile.dll"), _metadata.GetOrAddGuid(Guid.Empty), default, default);
        _metadata.AddAssembly(_metadata.GetOrAddString("profile"), new Version(1, 0, 0, 0), default, default, default, default);
        _metadata.AddTypeDefinition(default, default, _metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, r => r.Void(), _ => { });
        _noArguments = _metadata.GetOrAddBlob(signature);
    }

    /// <summary>First the one that the method's type lies in, then those of its arguments.</summary>
    public static IEnumerable<string> AssembliesOf(MethodBase method)
    {
        var names = new List<string>();
        Visit(method.DeclaringType!);
        if (method.IsGenericMethod) Array.ForEach(method.GetGenericArguments(), Visit);
        return names.Distinct(StringComparer.Ordinal);

        void Visit(Type type)
        {
            if (type.HasElementType)
            {
                Visit(type.GetElementType()!);
                return;
            }
            names.Add(type.Assembly.GetName().Name!);
            Array.ForEach(type.GenericTypeArguments, Visit);
        }
    }

    /// <summary>Adds methods of which each needs the same assemblies, first the one that its type lies in.</summary>
    public void Add(IEnumerable<string> assemblies, IEnumerable<MethodBase> methods)
    {
        var body = new InstructionEncoder(new BlobBuilder());
        foreach (var method in methods)
        {
            Token(body, Handle(method));
        }
        _dictionary.LoadString(_metadata.GetOrAddUserString(string.Concat(assemblies.Select(a => a + ";"))));
        Token(_dictionary, Global($"Group{_groups++}", body));
    }

    public void Save(string path)
    {
        Global("AssemblyDictionary", _dictionary);
        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(_metadata), _bodies.Builder).Serialize(image);
        using var file = File.Create(path);
        image.WriteContentTo(file);
    }

    private static void Token(InstructionEncoder body, EntityHandle handle)
    {
        body.OpCode(ILOpCode.Ldtoken);
        body.Token(handle);
        body.OpCode(ILOpCode.Pop);
    }

    private MethodDefinitionHandle Global(string name, InstructionEncoder body)
    {
        body.OpCode(ILOpCode.Ret);
        return _metadata.AddMethodDefinition(MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL,
            _metadata.GetOrAddString(name), _noArguments, _bodies.AddMethodBody(body), MetadataTokens.ParameterHandle(1));
    }

    private EntityHandle Handle(MethodBase method)
    {
        var open = Open(method);
        var reference = _metadata.AddMemberReference(Handle(method.DeclaringType!), _metadata.GetOrAddString(method.Name), Signature(open));
        if (!method.IsGenericMethod)
        {
            return reference;
        }
        var blob = new BlobBuilder();
        var arguments = method.GetGenericArguments();
        var encoder = new BlobEncoder(blob).MethodSpecificationSignature(arguments.Length);
        foreach (var argument in arguments)
        {
            Encode(encoder.AddArgument(), argument);
        }
        return _metadata.AddMethodSpecification(reference, _metadata.GetOrAddBlob(blob));
    }

    // A reference to a method of List<int> has the signature that List<T> declares.
    private static MethodBase Open(MethodBase method)
    {
        var owner = method.DeclaringType!;
        if (owner.IsConstructedGenericType)
        {
            return owner.GetGenericTypeDefinition()
                .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .OfType<MethodBase>().First(m => m.MetadataToken == method.MetadataToken);
        }
        return method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
    }

    private BlobHandle Signature(MethodBase method)
    {
        var blob = new BlobBuilder();
        var parameters = method.GetParameters();
        new BlobEncoder(blob)
            .MethodSignature(genericParameterCount: method.IsGenericMethodDefinition ? method.GetGenericArguments().Length : 0, isInstanceMethod: !method.IsStatic)
            .Parameters(parameters.Length,
                r =>
                {
                    var returned = (method as MethodInfo)?.ReturnParameter;
                    if (returned is null || returned.ParameterType.FullName == "System.Void")
                    {
                        r.Void();
                        return;
                    }
                    Modifiers(r.CustomModifiers(), returned);
                    Encode(r.Type(returned.ParameterType.IsByRef), Referred(returned.ParameterType));
                },
                p =>
                {
                    foreach (var parameter in parameters)
                    {
                        var one = p.AddParameter();
                        Modifiers(one.CustomModifiers(), parameter);
                        Encode(one.Type(parameter.ParameterType.IsByRef), Referred(parameter.ParameterType));
                    }
                });
        return _metadata.GetOrAddBlob(blob);
    }

    private static Type Referred(Type type) => type.IsByRef ? type.GetElementType()! : type;

    private void Modifiers(CustomModifiersEncoder encoder, ParameterInfo parameter)
    {
        foreach (var required in parameter.GetRequiredCustomModifiers())
        {
            encoder.AddModifier(Handle(required), isOptional: false);
        }
        foreach (var optional in parameter.GetOptionalCustomModifiers())
        {
            encoder.AddModifier(Handle(optional), isOptional: true);
        }
    }

    private EntityHandle Handle(Type type)
    {
        if (_types.TryGetValue(type, out var known))
        {
            return known;
        }
        EntityHandle handle;
        if (type.HasElementType || type.IsConstructedGenericType)
        {
            var blob = new BlobBuilder();
            Encode(new BlobEncoder(blob).TypeSpecificationSignature(), type);
            handle = _metadata.AddTypeSpecification(_metadata.GetOrAddBlob(blob));
        }
        else
        {
            handle = _metadata.AddTypeReference(type.DeclaringType is { } outer ? Handle(outer) : Assembly(type.Assembly.GetName()),
                _metadata.GetOrAddString(type.IsNested ? "" : type.Namespace ?? ""), _metadata.GetOrAddString(type.Name));
        }
        _types.Add(type, handle);
        return handle;
    }

    private AssemblyReferenceHandle Assembly(AssemblyName name)
    {
        if (!_assemblies.TryGetValue(name.Name!, out var handle))
        {
            var token = name.GetPublicKeyToken() ?? [];
            handle = _metadata.AddAssemblyReference(_metadata.GetOrAddString(name.Name!), name.Version!, default,
                token.Length == 0 ? default : _metadata.GetOrAddBlob(token), default, default);
            _assemblies.Add(name.Name!, handle);
        }
        return handle;
    }

    private void Encode(SignatureTypeEncoder encoder, Type type)
    {
        if (type.IsSZArray)
        {
            Encode(encoder.SZArray(), type.GetElementType()!);
        }
        else if (type.IsArray)
        {
            encoder.Array(e => Encode(e, type.GetElementType()!), s => s.Shape(type.GetArrayRank(), [], [.. new int[type.GetArrayRank()]]));
        }
        else if (type.IsPointer)
        {
            if (type.GetElementType()!.FullName == "System.Void")
            {
                encoder.VoidPointer();
            }
            else
            {
                Encode(encoder.Pointer(), type.GetElementType()!);
            }
        }
        else if (type.IsGenericMethodParameter)
        {
            encoder.GenericMethodTypeParameter(type.GenericParameterPosition);
        }
        else if (type.IsGenericParameter)
        {
            encoder.GenericTypeParameter(type.GenericParameterPosition);
        }
        else if (type.IsGenericType)
        {
            var arguments = encoder.GenericInstantiation(Handle(type.GetGenericTypeDefinition()), type.GetGenericArguments().Length, type.IsValueType);
            foreach (var argument in type.GetGenericArguments())
            {
                Encode(arguments.AddArgument(), argument);
            }
        }
        else if (Primitive(type) is { } primitive)
        {
            encoder.PrimitiveType(primitive);
        }
        else if (type.FullName == "System.Object")
        {
            encoder.Object();
        }
        else if (type.FullName == "System.TypedReference")
        {
            encoder.TypedReference();
        }
        else if (type.IsFunctionPointer || type.IsByRef)
        {
            throw new NotSupportedException($"{type} in a signature");
        }
        else
        {
            encoder.Type(Handle(type), type.IsValueType);
        }
    }

    private static PrimitiveTypeCode? Primitive(Type type) => type.FullName switch
    {
        "System.Boolean" => PrimitiveTypeCode.Boolean,
        "System.Char" => PrimitiveTypeCode.Char,
        "System.SByte" => PrimitiveTypeCode.SByte,
        "System.Byte" => PrimitiveTypeCode.Byte,
        "System.Int16" => PrimitiveTypeCode.Int16,
        "System.UInt16" => PrimitiveTypeCode.UInt16,
        "System.Int32" => PrimitiveTypeCode.Int32,
        "System.UInt32" => PrimitiveTypeCode.UInt32,
        "System.Int64" => PrimitiveTypeCode.Int64,
        "System.UInt64" => PrimitiveTypeCode.UInt64,
        "System.Single" => PrimitiveTypeCode.Single,
        "System.Double" => PrimitiveTypeCode.Double,
        "System.IntPtr" => PrimitiveTypeCode.IntPtr,
        "System.UIntPtr" => PrimitiveTypeCode.UIntPtr,
        "System.String" => PrimitiveTypeCode.String,
        _ => null,
    };
}
