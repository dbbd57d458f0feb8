using System.Text;
using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What all tasks of a pipeline acknowledged for one checkpoint.</summary>
internal sealed class PipelineSnapshot(IReadOnlyDictionary<TaskKey, TaskSnapshot> tasks)
{
    private const byte Version = 1;

    public IReadOnlyDictionary<TaskKey, TaskSnapshot> Tasks { get; } = tasks;

    /// <summary>Bytes of states and counters, as the read models tell them.</summary>
    public long Size => Tasks.Values.Sum(task => task.Bytes);

    /// <summary>
    /// The version, the number of tasks, then for each its vertex, kind, subtask, counters and states; texts and numbers as
    /// <see cref="BinaryWriter"/> writes them, every array after its length.
    /// </summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write7BitEncodedInt(Tasks.Count);
            foreach (var (key, task) in Tasks.OrderBy(pair => pair.Key.Vertex, StringComparer.Ordinal).ThenBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Subtask))
            {
                writer.Write(key.Vertex);
                writer.Write((byte)key.Kind);
                writer.Write7BitEncodedInt(key.Subtask);
                Write(writer, task.Counters);
                writer.Write7BitEncodedInt(task.States.Count);
                foreach (var state in task.States) Write(writer, state);
            }
        }
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are of a version that this program does not know, or end too early.</exception>
    public static PipelineSnapshot FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            if (reader.ReadByte() is var version and not Version) throw new InvalidDataException($"The checkpoint has format {version}; this program reads {Version}.");
            var tasks = new Dictionary<TaskKey, TaskSnapshot>();
            for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
            {
                var key = new TaskKey(reader.ReadString(), (TaskKind)reader.ReadByte(), reader.Read7BitEncodedInt());
                var counters = Read(reader);
                var states = new byte[reader.Read7BitEncodedInt()][];
                for (var index = 0; index < states.Length; index++) states[index] = Read(reader);
                tasks[key] = new TaskSnapshot(counters, states);
            }
            return new PipelineSnapshot(tasks);
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("The checkpoint ends too early.", cut);
        }
    }

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] Read(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }
}
