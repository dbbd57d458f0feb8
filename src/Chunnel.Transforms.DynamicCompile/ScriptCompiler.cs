using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Chunnel.Core;
using Chunnel.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>Makes code of a script's text. What it refers to comes with it: no SDK is needed, and no file beside a program that is a single one.</summary>
internal static class ScriptCompiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Globalization;
        global using System.Linq;
        global using System.Text;
        global using Chunnel.Core;
        global using Chunnel.Plugins;
        global using CatalogTable = Chunnel.Core.TableSchema;
        global using Column = Chunnel.Core.ColumnDef;
        """;

    private const string ClassBegins = " public sealed class Script { ";

    // On a line of its own, behind what may be a comment.
    private const string ClassEnds = "\n}";

    private static readonly CSharpParseOptions _syntax = new(LanguageVersion.Latest, DocumentationMode.None);
    private static readonly CSharpCompilationOptions _options = new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false);
    private static readonly Lazy<IReadOnlyList<MetadataReference>> _references = new(() => [.. Net100.References.All, Ours(typeof(TableSchema).Assembly), Ours(typeof(RowAccessor).Assembly)]);
    private static readonly Lazy<SyntaxTree> _usings = new(() => CSharpSyntaxTree.ParseText(Usings, _syntax));

    /// <exception cref="ProblemsException">All that is wrong with it.</exception>
    public static CompiledScript Compile(ScriptText script)
    {
        var (text, inserted, insertedLength) = InClass(script.Text);
        var tree = CSharpSyntaxTree.ParseText(text, _syntax, ScriptFailure.FileName, System.Text.Encoding.UTF8);
        int Original(int offset) => Math.Clamp(offset < inserted ? offset : Math.Max(inserted, offset - insertedLength), 0, script.Text.Length);
        TextPosition PlaceOf(Location where) => where.SourceTree == tree ? script.At(Original(where.SourceSpan.Start), where.SourceSpan.Length) : script.At(0, 0);
        TextPosition PlaceOfLine(int line, int column) => script.At(Original(tree.GetText().Lines[Math.Clamp(line - 1, 0, tree.GetText().Lines.Count - 1)].Start + Math.Max(0, column - 1)), 1);

        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = CSharpCompilation.Create("script", [tree, _usings.Value], _references.Value, _options).Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        var problems = emitted.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => new Problem(DynamicCompileErrors.Failed, $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}") { Where = PlaceOf(diagnostic.Location) })
            .ToList();
        if (problems.Count > 0) throw new ProblemsException(problems);
        (code.Position, symbols.Position) = (0, 0);
        var context = new AssemblyLoadContext("script", isCollectible: true);
        var (type, methods, wrong) = ScriptMethods.Find(context.LoadFromStream(code, symbols));
        if (wrong.Count == 0) return new CompiledScript(script, context, type!, methods!, PlaceOfLine);
        context.Unload();
        throw new ProblemsException([.. wrong.Select(problem => new Problem(DynamicCompileErrors.Failed, problem.Wrong)
        {
            Where = DeclarationOf(tree, problem.Method) is { } declared ? PlaceOf(declared) : script.At(0, 0),
            Mend = "docs/connectors/DynamicCompile.md shows the methods.",
        })]);
    }

    /// <summary>Methods that stand alone are put into a class, behind the using lines and without a further line: all places stay.</summary>
    private static (string Text, int At, int Length) InClass(string text)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, _syntax).GetRoot();
        if (root.Members.Any(member => member is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax)) return (text, text.Length, 0);
        var at = root.Usings.Count == 0 ? 0 : root.Usings[^1].Span.End;
        return (string.Concat(text.AsSpan(0, at), ClassBegins, text.AsSpan(at), ClassEnds), at, ClassBegins.Length);
    }

    private static Location? DeclarationOf(SyntaxTree tree, string method) =>
        tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().FirstOrDefault(declared => declared.Identifier.Text.Equals(method, StringComparison.OrdinalIgnoreCase))?.Identifier.GetLocation();

    /// <summary>What stands in memory of an assembly: in a single-file program it has no file.</summary>
    private static unsafe PortableExecutableReference Ours(Assembly assembly)
    {
        Belief.Holds(assembly.TryGetRawMetadata(out var bytes, out var length), "an assembly that is loaded has metadata");
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)bytes, length)).GetReference();
    }
}
