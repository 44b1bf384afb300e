namespace VitLab.Models;

/// <summary>Copies a module's state dict to the host and back.</summary>
public static class StateDict
{
    /// <summary>What stands before the names of a backbone inside a larger model.</summary>
    public const string Backbone = "backbone.";

    /// <summary>Every entry, by name, in state-dict order.</summary>
    public static Dictionary<string, HostTensor> Export(nn.Module module)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        return module.state_dict().ToDictionary(pair => pair.Key, pair => ToHost(pair.Value));
    }

    /// <summary>Sets every entry.</summary>
    /// <param name="source">What messages call the tensors: a file's name.</param>
    /// <exception cref="CheckpointException">Lists names that are missing, unexpected or of another shape; nothing has been changed then.</exception>
    public static void Import(nn.Module module, IReadOnlyDictionary<string, HostTensor> tensors, string source)
    {
        var state = module.state_dict();
        List<string> problems =
        [
            .. Listed("missing", state.Keys.Where(name => !tensors.ContainsKey(name))),
            .. Listed("unexpected", tensors.Keys.Where(name => !state.ContainsKey(name))),
            .. Listed("of another shape", state.Where(pair => tensors.TryGetValue(pair.Key, out var tensor) && !Fits(pair.Value, tensor))
                .Select(pair => $"{pair.Key} (expected {Describe(pair.Value)}, got {tensors[pair.Key]})")),
        ];
        if (problems.Count > 0)
        {
            throw new CheckpointException(source, "the tensors are not this model's: " + string.Join("; ", problems) + ".");
        }

        foreach (var (name, target) in state)
        {
            Copy(tensors[name], target);
        }
    }

    /// <summary>
    /// Sets the entries whose name and shape match, fits those of a Vision Transformer for pictures of another size (<see cref="Adaptation"/>)
    /// and leaves the others. A backbone finds itself inside a larger model and the other way round: the prefix "backbone." may stand on
    /// either side.
    /// </summary>
    public static TransferReport Transfer(nn.Module module, IReadOnlyDictionary<string, HostTensor> tensors)
    {
        List<string> copied = [], fresh = [];
        List<AdaptedEntry> adapted = [];
        var state = module.state_dict();
        var prefix = Found(Adaptation.PrefixName, tensors) is { Shape: [_, var tokens, _] } ? tokens : 0;
        tensors = WindowPositions.Of(tensors, prefix, windows: Found(WindowPositions.Name, state) is not null);
        var targetPrefix = Found(Adaptation.PrefixName, state)?.shape[1] ?? 0;
        foreach (var (name, target) in state)
        {
            var source = Found(name, tensors);
            var isSameLayout = prefix == targetPrefix || Bare(name) != Adaptation.PositionsName;
            if (source is not null && isSameLayout && Fits(target, source))
            {
                Copy(source, target);
                copied.Add(name);
            }
            else if (source is not null && TryAdapt(Bare(name), source, prefix, target, targetPrefix) is { } how)
            {
                adapted.Add(new AdaptedEntry(name, how));
            }
            else
            {
                fresh.Add(name);
            }
        }

        return new TransferReport(copied, adapted, fresh);
    }

    internal static HostTensor ToHost(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var host = tensor.detach().cpu();
        return host.dtype == ScalarType.Int64
            ? HostTensor.Of(host.data<long>().ToArray(), host.shape)
            : HostTensor.Of(host.data<float>().ToArray(), host.shape);
    }

    internal static void Copy(HostTensor source, Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        long[] shape = [.. source.Shape];
        target.copy_(source.Floats is { } floats ? torch.tensor(floats, shape) : torch.tensor(source.Integers!, shape));
    }

    /// <returns>How the target was set, or null when it was not.</returns>
    private static string? TryAdapt(string name, HostTensor source, long prefix, Tensor target, long targetPrefix)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        if (source.Floats is null || source.Shape.Count != target.dim() || Adaptation.Fit(name, torch.tensor(source.Floats, [.. source.Shape]), prefix, target, targetPrefix) is not var (fitted, how))
        {
            return null;
        }

        target.copy_(fitted);
        return how;
    }

    // An entry under its own name, or with or without the backbone's prefix.
    private static T? Found<T>(string name, IReadOnlyDictionary<string, T> entries) where T : class =>
        entries.GetValueOrDefault(name) ?? entries.GetValueOrDefault(Bare(name)) ?? entries.GetValueOrDefault(Backbone + name);

    private static string Bare(string name) => name.StartsWith(Backbone, StringComparison.Ordinal) ? name[Backbone.Length..] : name;

    private static bool Fits(Tensor target, HostTensor tensor) => tensor.HasShape(target.shape) && tensor.Floats is null == (target.dtype == ScalarType.Int64);

    private static string Describe(Tensor tensor) => $"{(tensor.dtype == ScalarType.Int64 ? "int64" : "float32")} [{string.Join(", ", tensor.shape)}]";

    // Eight names say what kind of model it is; a foreign file may have hundreds.
    private static IEnumerable<string> Listed(string what, IEnumerable<string> names)
    {
        List<string> all = [.. names];
        if (all.Count > 0)
        {
            yield return $"{what}: {string.Join(", ", all.Take(8))}{(all.Count > 8 ? $" and {all.Count - 8} more" : "")}";
        }
    }
}
