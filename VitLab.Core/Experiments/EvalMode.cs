namespace VitLab.Experiments;

/// <summary>While it lives: eval mode, no gradients, tensors disposed of at its end. Then the network goes on in the mode it was in.</summary>
internal readonly struct EvalMode : IDisposable
{
    private readonly nn.Module _network;
    private readonly bool _wasTraining;
    private readonly IDisposable _noGrad;
    private readonly IDisposable _scope;

    public EvalMode(nn.Module network)
    {
        (_network, _wasTraining) = (network, network.training);
        (_scope, _noGrad) = (torch.NewDisposeScope(), torch.no_grad());
        network.eval();
    }

    public void Dispose()
    {
        _noGrad.Dispose();
        _scope.Dispose();
        if (_wasTraining)
        {
            _network.train();
        }
    }
}
