namespace VitLab.Tests.Golden;

/// <summary>Weights by formula for a model, and its gradients against PyTorch's for the same weights.</summary>
internal static class GoldenWeights
{
    /// <summary>Sets every parameter to the numbers its name and shape stand for.</summary>
    public static T Load<T>(T model) where T : torch.nn.Module
    {
        using var noGrad = torch.no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.copy_(torch.tensor(GoldenNumbers.Weight(name, parameter.shape), parameter.shape));
        }

        return model;
    }

    /// <summary>The model has the golden file's parameters, and after backward their gradients.</summary>
    /// <param name="areSampled">The file holds some 64 numbers of each gradient, from all over it, instead of all.</param>
    public static void AssertGradients(GoldenFile golden, torch.nn.Module model, double share, bool areSampled = false)
    {
        Assert.Equal(
            golden.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)).Order(),
            model.named_parameters().Select(pair => $"grad.{pair.name}").Order());
        foreach (var (name, parameter) in model.named_parameters())
        {
            golden[$"grad.{name}"].AssertClose(name, areSampled ? Sampled(parameter.grad!) : parameter.grad!.data<float>().ToArray(), share);
        }
    }

    private static float[] Sampled(Tensor gradient)
    {
        var (numbers, every) = (gradient.data<float>().ToArray(), (int)Math.Max(1, gradient.numel() / 64));
        return [.. numbers.Where((_, index) => index % every == 0)];
    }
}
