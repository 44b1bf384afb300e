namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            // What a module holds, by name.
            public abstract partial class Module
            {
                public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
                {
                    var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                    foreach (var (name, parameter) in NamedParameters("", recurse))
                        if (seen.Add(parameter))
                            yield return (name, parameter);
                }

                public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

                public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
                {
                    foreach (var (name, (buffer, isPersistent)) in _bufferList)
                        if (isPersistent || include_nonpersistent)
                            yield return (name, buffer);
                    if (!recurse)
                        yield break;
                    foreach (var (prefix, module) in _moduleList)
                        foreach (var (name, buffer) in module.named_buffers(true, include_nonpersistent))
                            yield return ($"{prefix}.{name}", buffer);
                }

                public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) => named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

                public virtual IEnumerable<(string name, Module module)> named_children() => _moduleList.Select(entry => (entry.Key, entry.Value));

                /// <summary>All modules below this one, a level's own first, under dotted names.</summary>
                public virtual IEnumerable<(string name, Module module)> named_modules()
                {
                    foreach (var (name, module) in _moduleList)
                        yield return (name, module);
                    foreach (var (prefix, module) in _moduleList)
                        foreach (var (name, below) in module.named_modules())
                            yield return ($"{prefix}.{name}", below);
                }

                public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

                public virtual IEnumerable<Module> children() => _moduleList.Select(entry => entry.Value);

                public virtual bool has_parameter(string target) => named_parameters().Any(entry => entry.name == target);

                public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(entry => entry.name == target).parameter;

                public virtual bool has_buffer(string target) => named_buffers().Any(entry => entry.name == target);

                public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(entry => entry.name == target).buffer;

                /// <summary>All parameters, then all persistent buffers, by dotted name: the tensors themselves, not copies.</summary>
                public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
                {
                    destination ??= [];
                    var start = string.IsNullOrEmpty(prefix) ? "" : $"{prefix}.";
                    foreach (var (name, parameter) in named_parameters())
                        destination.TryAdd(start + name, parameter);
                    foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                        destination.TryAdd(start + name, buffer);
                    return destination;
                }

                /// <summary>Copies values into the parameters and buffers of the same names.</summary>
                /// <param name="strict">Names on both sides must be the same, or nothing is copied.</param>
                /// <param name="skip">Names left alone and not missed.</param>
                public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
                {
                    var own = state_dict();
                    skip ??= [];
                    var missing = own.Keys.Where(key => !source.ContainsKey(key) && !skip.Contains(key)).ToList();
                    var unexpected = source.Keys.Where(key => !own.ContainsKey(key) && !skip.Contains(key)).ToList();
                    if (strict && missing.Count + unexpected.Count > 0)
                        throw new InvalidOperationException($"The loaded state_dict is not identical to the target dictionary. Missing: [{string.Join(", ", missing)}]; unexpected: [{string.Join(", ", unexpected)}].");
                    using var _ = no_grad();
                    foreach (var (key, value) in source)
                    {
                        if (skip.Contains(key) || !own.TryGetValue(key, out var target))
                            continue;
                        if (!target.Core.Shape.Same(value.Core.Shape))
                            throw new InvalidOperationException($"size mismatch for {key}: copying a param with shape {value.Core.Shape}, the shape in current model is {target.Core.Shape}.");
                        target.copy_(value);
                    }
                    return (missing, unexpected);
                }

                private IEnumerable<(string Name, Parameter Parameter)> NamedParameters(string prefix, bool recurse)
                {
                    foreach (var (name, parameter) in _parameterList)
                        yield return (prefix + name, parameter);
                    if (!recurse)
                        yield break;
                    foreach (var (name, module) in _moduleList)
                        foreach (var entry in module.NamedParameters($"{prefix}{name}.", recurse: true))
                            yield return entry;
                }
            }
        }
    }
}
