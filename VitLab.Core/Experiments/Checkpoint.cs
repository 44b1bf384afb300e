using System.Globalization;
using System.Text.Json;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>
/// Weights with everything that made them, in one safetensors file that PyTorch opens. Model tensors stand under their state-dict names;
/// what only a resumed run needs (optimizer moments, unaveraged weights, counters) stands under "training.".
/// </summary>
public sealed class Checkpoint(CheckpointInfo info, IReadOnlyDictionary<string, HostTensor> tensors)
{
    public const string TrainingPrefix = "training.";

    public CheckpointInfo Info { get; } = info;

    /// <summary>By state-dict name; training state under <see cref="TrainingPrefix"/>.</summary>
    public IReadOnlyDictionary<string, HostTensor> Tensors { get; } = tensors;

    /// <summary>True when a run can go on from here, not only be read.</summary>
    public bool IsResumable => Info.TrainingState is not null;

    /// <summary>The model's own tensors, in state-dict order.</summary>
    public IEnumerable<KeyValuePair<string, HostTensor>> ModelTensors => Tensors.Where(pair => !pair.Key.StartsWith(TrainingPrefix, StringComparison.Ordinal));

    /// <summary>The same without training state: a third to a fifth of the size.</summary>
    public Checkpoint WeightsOnly() => new(Info with { TrainingState = null }, ModelTensors.ToDictionary());

    /// <summary>Writes to a temporary name beside <paramref name="path"/>, flushes to the disk and renames, so that a reader sees the old file or the new one.</summary>
    /// <exception cref="IOException">When the disk is full or the folder cannot be written; nothing is left behind.</exception>
    public void Save(string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                Save(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public void Save(Stream stream) => Safetensors.Write(stream, Info.ToMetadata(), Tensors);

    /// <exception cref="CheckpointException">When the file is missing, torn, not a checkpoint of this lab, or holds numbers that are not finite.</exception>
    public static Checkpoint Load(string path)
    {
        using var file = Open(path);
        return Load(file, path);
    }

    /// <param name="name">What messages call the stream.</param>
    /// <exception cref="CheckpointException">As <see cref="Load(string)"/>.</exception>
    public static Checkpoint Load(Stream stream, string name)
    {
        var (metadata, tensors) = Safetensors.Read(stream, name);
        var info = CheckpointInfo.FromMetadata(metadata, name);
        foreach (var (key, tensor) in tensors)
        {
            var bad = Array.FindIndex(tensor.Floats ?? [], static value => !float.IsFinite(value));
            if (bad >= 0)
            {
                throw new CheckpointException(name, string.Create(CultureInfo.InvariantCulture, $"tensor \"{key}\" holds {tensor.Floats![bad]} at position {bad}; weights must be finite. Take an earlier checkpoint."));
            }
        }

        return new Checkpoint(info, tensors);
    }

    /// <summary>What made the weights, without reading them.</summary>
    /// <exception cref="CheckpointException">As <see cref="Load(string)"/>.</exception>
    public static CheckpointInfo ReadInfo(string path)
    {
        using var file = Open(path);
        return CheckpointInfo.FromMetadata(Safetensors.ReadMetadata(file, path), path);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be opened: {e.Message}", e);
        }
    }
}
