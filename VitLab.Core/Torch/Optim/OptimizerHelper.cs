namespace VitLab.Torch.Modules
{
    /// <summary>What the optimizers share: groups, state, saving.</summary>
    public abstract class OptimizerHelper : torch.optim.Optimizer
    {
        private readonly List<ParamGroup> _groups = [];
        private readonly List<OptimizerState[]> _states = [];
        private readonly OptimizerOptions _defaults;

        private protected OptimizerHelper(OptimizerOptions defaults, IEnumerable<ParamGroup> parameters)
        {
            _defaults = defaults;
            foreach (var group in parameters)
                add_param_group(group);
        }

        public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => _groups;

        public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

        public override void zero_grad()
        {
            foreach (var group in _groups)
                foreach (var parameter in group.List)
                    parameter.Core.Variable?.Gradient?.AsSpan<float>().Clear();
        }

        public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
        {
            torch.Tensor? loss = null;
            if (closure is not null)
            {
                using var _ = torch.enable_grad();
                loss = closure();
            }
            for (var g = 0; g < _groups.Count; g++)
            {
                var (list, states) = (_groups[g].List, _states[g]);
                for (var i = 0; i < list.Length; i++)
                {
                    if (list[i].Core.Variable is not { Gradient: { } gradient })
                        continue;
                    var data = list[i].Core.Data;
                    Update(list[i].Core.Floats, gradient.AsSpan<float>(), states[i], _groups[g].Options);
                    data.Version++;
                }
            }
            return loss;
        }

        public override void add_param_group(ParamGroup param_group)
        {
            param_group.Options ??= NewOptions();
            param_group.Options.CompleteFrom(_defaults);
            param_group.InitialLearningRate = param_group.LearningRate;
            _groups.Add(param_group);
            _states.Add([.. param_group.List.Select(NewState)]);
        }

        public virtual StateDictionary state_dict()
        {
            var dictionary = new StateDictionary();
            for (var g = 0; g < _groups.Count; g++)
            {
                dictionary.Options.Add(_groups[g].Options);
                dictionary.StateIndexRef.Add([.. Enumerable.Range(dictionary.State.Count, _states[g].Length)]);
                dictionary.State.AddRange(_states[g]);
            }
            return dictionary;
        }

        public virtual void load_state_dict(StateDictionary state_dict)
        {
            var own = this.state_dict();
            CheckCounts(state_dict.Options.Count, state_dict.State.Count);
            for (var i = 0; i < own.Options.Count; i++)
                own.Options[i].Load(state_dict.Options[i]);
            for (var i = 0; i < own.State.Count; i++)
                own.State[i].Load(state_dict.State[i]);
        }

        public void save_state_dict(string location)
        {
            using var writer = new BinaryWriter(File.Create(location));
            save_state_dict(writer);
        }

        public void load_state_dict(string location)
        {
            using var reader = new BinaryReader(File.OpenRead(location));
            load_state_dict(reader);
        }

        public void save_state_dict(BinaryWriter writer)
        {
            var own = state_dict();
            writer.Write(GetType().Name);
            writer.Write(own.Options.Count);
            writer.Write(own.State.Count);
            foreach (var options in own.Options)
                options.Save(writer);
            foreach (var state in own.State)
                state.Save(writer);
        }

        public void load_state_dict(BinaryReader reader)
        {
            var own = state_dict();
            var name = reader.ReadString();
            if (name != GetType().Name)
                throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
            CheckCounts(reader.ReadInt32(), reader.ReadInt32());
            foreach (var options in own.Options)
                options.Load(reader);
            foreach (var state in own.State)
                state.Load(reader);
        }

        /// <summary>Options that leave everything to the optimizer's own.</summary>
        private protected abstract OptimizerOptions NewOptions();

        private protected abstract OptimizerState NewState(Parameter parameter);

        /// <summary>One step of one parameter.</summary>
        private protected abstract void Update(Span<float> w, ReadOnlySpan<float> g, OptimizerState state, OptimizerOptions options);

        protected override void Dispose(bool disposing)
        {
            foreach (var states in _states)
                foreach (var state in states)
                    state.Release();
            _states.Clear();
            _groups.Clear();
        }

        private void CheckCounts(int groups, int states)
        {
            var own = state_dict();
            if (groups != own.Options.Count || states != own.State.Count)
                throw new InvalidDataException($"The optimizer has {own.Options.Count} groups and {own.State.Count} parameters, but the state was saved with {groups} and {states}.");
        }
    }
}
