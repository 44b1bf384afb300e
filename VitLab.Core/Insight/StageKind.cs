namespace VitLab.Insight;

/// <summary>What a part of a model does, as diagrams tell parts apart.</summary>
public enum StageKind
{
    /// <summary>What is read: a picture, a text.</summary>
    Input,

    /// <summary>Makes or changes tokens before the first block: patches, words, positions.</summary>
    Embedding,

    /// <summary>A whole model that another one is made of.</summary>
    Network,

    /// <summary>Branches around a residual stream.</summary>
    Block,

    Norm,

    Attention,

    Mlp,

    Convolution,

    /// <summary>Several numbers become one: a token is chosen, a mean or the largest is taken.</summary>
    Pooling,

    /// <summary>A linear layer.</summary>
    Linear,

    /// <summary>An operation without parameters.</summary>
    Function,

    /// <summary>A branch is added to the residual stream it left behind the last sum, or where its block begins.</summary>
    Residual,

    /// <summary>Makes the answer. Its parts stand side by side.</summary>
    Head,
}
