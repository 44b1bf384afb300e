using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>Builds the optimizer an option names and carries its moments to checkpoints and back.</summary>
internal static class Optimizers
{
    private const double Momentum = 0.9;

    /// <summary>Matrices decay; biases, norms, the CLS token and positions do not: pulling those to 0 gains nothing and costs accuracy.</summary>
    public static OptimizerHelper Create(TrainingOptions options, nn.Module network)
    {
        var (decayed, plain) = Groups(network);
        var (rate, decay) = (options.LearningRate, options.WeightDecay);
        return options.Optimizer switch
        {
            "adamw" => optim.AdamW([new AdamW.ParamGroup(decayed, weight_decay: decay), new AdamW.ParamGroup(plain, weight_decay: 0)], rate),
            "adam" => optim.Adam([new Adam.ParamGroup(decayed, weight_decay: decay), new Adam.ParamGroup(plain, weight_decay: 0)], rate),
            "sgd" => optim.SGD([new SGD.ParamGroup(decayed, lr: rate, momentum: Momentum, weight_decay: decay), new SGD.ParamGroup(plain, lr: rate, momentum: Momentum, weight_decay: 0)], rate),
            var other => throw new OptionException("optimizer", $"expected adamw, adam or sgd, got \"{other}\"."),
        };
    }

    /// <summary>The running means of every parameter: "exp_avg.blocks.0.norm1.weight", …</summary>
    /// <param name="steps">Steps behind Adam's bias correction.</param>
    public static Dictionary<string, HostTensor> Export(OptimizerHelper optimizer, nn.Module network, out long steps)
    {
        steps = 0;
        var moments = new Dictionary<string, HostTensor>();
        foreach (var (name, state) in StatesByName(optimizer, network))
        {
            steps = Steps(state);
            foreach (var (kind, moment) in Moments(state))
            {
                moments.Add($"{kind}.{name}", StateDict.ToHost(moment));
            }
        }

        return moments;
    }

    /// <summary>Sets what <see cref="Export"/> gave; moments of another shape are left at their start.</summary>
    public static void Import(OptimizerHelper optimizer, nn.Module network, Dictionary<string, HostTensor> moments, long steps)
    {
        var device = network.parameters().First().device;
        foreach (var (name, state) in StatesByName(optimizer, network))
        {
            if (state is SGD.State sgd && moments.TryGetValue($"momentum.{name}", out var buffer))
            {
                sgd.momentum_buffer = torch.tensor(buffer.Floats!, [.. buffer.Shape], device: device).DetachFromDisposeScope();
            }

            foreach (var (kind, moment) in Moments(state))
            {
                if (moments.TryGetValue($"{kind}.{name}", out var saved) && saved.HasShape(moment.shape))
                {
                    StateDict.Copy(saved, moment);
                }
            }

            SetSteps(state, steps);
        }
    }

    private static (List<Parameter> Decayed, List<Parameter> Plain) Groups(nn.Module network)
    {
        List<Parameter> decayed = [], plain = [];
        foreach (var (name, parameter) in network.named_parameters())
        {
            (IsDecayed(name, parameter) ? decayed : plain).Add(parameter);
        }

        return (decayed, plain);
    }

    private static bool IsDecayed(string name, Parameter parameter) =>
        parameter.dim() > 1 && !Initialization.IsEmbedding(name);

    // The optimizer lists its states group by group, so the names are put into the same order.
    private static IEnumerable<(string Name, OptimizerState State)> StatesByName(OptimizerHelper optimizer, nn.Module network)
    {
        var parameters = network.named_parameters().ToList();
        var names = parameters.Where(entry => IsDecayed(entry.name, entry.parameter)).Concat(parameters.Where(entry => !IsDecayed(entry.name, entry.parameter))).Select(entry => entry.name);
        return names.Zip(optimizer.state_dict().State);
    }

    private static (string Kind, Tensor Moment)[] Moments(OptimizerState state)
    {
        if (state is AdamW.State adamW)
        {
            return [("exp_avg", adamW.exp_avg), ("exp_avg_sq", adamW.exp_avg_sq)];
        }

        if (state is Adam.State adam)
        {
            return [("exp_avg", adam.exp_avg), ("exp_avg_sq", adam.exp_avg_sq)];
        }

        return state is SGD.State { momentum_buffer: { } buffer } ? [("momentum", buffer)] : [];
    }

    private static long Steps(OptimizerState state) => state is AdamW.State adamW ? adamW.step : state is Adam.State adam ? adam.step : 0;

    private static void SetSteps(OptimizerState state, long steps)
    {
        if (state is AdamW.State adamW)
        {
            adamW.step = steps;
        }
        else if (state is Adam.State adam)
        {
            adam.step = steps;
        }
    }
}
