using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Reflection;

namespace Chunnel.Ahead;

/// <summary>The generic methods that this process compiles itself, as the runtime tells of them.</summary>
internal sealed class CompiledMethods : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords JustInTime = (EventKeywords)0x10;

    // Of the flags of MethodLoadVerbose (docs: "CLR method events"): made at run time without metadata, compiled here; then, from bit 7 on, how.
    private const uint Dynamic = 1, Compiled = 8, Tier1 = 4, Replacement = 5;

    private static readonly MethodInfo s_declaringType = typeof(RuntimeMethodHandle)
        .GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
        .First(m => m.Name == "GetDeclaringType" && m.GetParameters()[0].ParameterType.Name == "IRuntimeMethodInfo");

    private static readonly FieldInfo s_handleValue = typeof(RuntimeMethodHandle).GetFields(BindingFlags.NonPublic | BindingFlags.Instance)[0];

    private readonly ConcurrentQueue<long> _methods = new();

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Verbose, JustInTime);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true)
        {
            return;
        }
        var flags = Convert.ToUInt32(eventData.Payload![5], CultureInfo.InvariantCulture);
        if ((flags & (Dynamic | Compiled)) == Compiled && ((flags >> 7) & 7) is not Tier1 and not Replacement)
        {
            _methods.Enqueue(Convert.ToInt64(eventData.Payload[0], CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes the lines of <see cref="MethodName"/>, sorted.</summary>
    public void Write(string path)
    {
        // The runtime hands its events over in their own time.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in _methods.ToArray())
        {
            if (Method(id) is { DeclaringType: not null } method && (method.DeclaringType.IsGenericType || method.IsGenericMethod))
            {
                lines.Add(MethodName.Of(method));
            }
        }
        File.WriteAllLines(path, lines);
    }

    private static MethodBase? Method(long id)
    {
        try
        {
            var handle = RuntimeMethodHandle.FromIntPtr((nint)id);
            var declaring = (Type)s_declaringType.Invoke(null, [s_handleValue.GetValue(handle)])!;
            return MethodBase.GetMethodFromHandle(handle, declaring.TypeHandle);
        }
        catch (Exception e) when (e is ArgumentException or TargetInvocationException or NotSupportedException or InvalidOperationException)
        {
            // Stubs of the runtime, and methods of types that are gone: nothing that could be compiled ahead.
            return null;
        }
    }
}
