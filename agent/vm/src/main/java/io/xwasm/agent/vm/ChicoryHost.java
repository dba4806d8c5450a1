package io.xwasm.agent.vm;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;

/** Hands the functions of {@link HostFunctions} to Chicory, and to nobody's surprise its types. */
final class ChicoryHost {
    private static final long[] NOTHING = {};

    private final HostFunctions functions;

    ChicoryHost(ChicoryInstance instance) {
        this.functions = new HostFunctions(instance);
    }

    ImportValues imports(List<HostImport> wanted) {
        List<ImportFunction> bound = wanted.stream().distinct().map(this::bind).toList();
        return ImportValues.builder().withFunctions(bound).build();
    }

    private ImportFunction bind(HostImport wanted) {
        var type = FunctionType.of(types(wanted.parameters()), types(wanted.results()));
        WasmFunctionHandle handle =
                wanted.results().isEmpty()
                        ? (_, args) -> {
                            functions.call(wanted, args);
                            return NOTHING;
                        }
                        : (_, args) -> new long[] {functions.call(wanted, args)};
        return new HostFunction(HostImport.MODULE, wanted.importName(), type, handle);
    }

    private static List<ValType> types(String letters) {
        return letters.chars().mapToObj(c -> c == 'i' ? ValType.I32 : ValType.I64).toList();
    }
}
